// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/ids.h"
#include "theme.h"

#include <QByteArray>
#include <QSettings>

namespace runsheet
{

/// What the window remembers between starts. Nothing of a run's record is kept here.
class Settings final
{
public:
    /// An empty file means runsheet/runsheet.ini in the user's configuration folder.
    explicit Settings(const QString &file = {});

    struct Place
    {
        PhaseId phase;
        StepId step;
        bool operator==(const Place &) const = default;
    };
    /// Where somebody was in a run's checklist. Written through at once: it must survive kill -9.
    [[nodiscard]] Place place(const RunId &run) const;
    void setPlace(const RunId &run, const Place &place);

    [[nodiscard]] QByteArray layout(const QString &name) const;
    void setLayout(const QString &name, const QByteArray &state);

    /// A word that somebody chose from a menu; `standard` until then.
    [[nodiscard]] QString choice(const QString &name, const QString &standard) const;
    void setChoice(const QString &name, const QString &word);

    [[nodiscard]] ThemeChoice theme() const;
    void setTheme(ThemeChoice choice);

private:
    QSettings m_store;
};

} // namespace runsheet
