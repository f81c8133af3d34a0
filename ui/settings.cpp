// SPDX-License-Identifier: Apache-2.0
#include "settings.h"

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

QString defaultFile()
{
    const QSettings standard(QSettings::IniFormat, QSettings::UserScope, u"runsheet"_s,
                             u"runsheet"_s);
    return standard.fileName();
}

} // namespace

Settings::Settings(const QString &file)
    : m_store(file.isEmpty() ? defaultFile() : file, QSettings::IniFormat)
{
}

Settings::Place Settings::place(const RunId &run) const
{
    return {.phase = {m_store.value(u"place/%1/phase"_s.arg(run.value)).toString()},
            .step = {m_store.value(u"place/%1/step"_s.arg(run.value)).toString()}};
}

void Settings::setPlace(const RunId &run, const Place &wanted)
{
    if (run.isEmpty() || place(run) == wanted)
        return;
    m_store.setValue(u"place/%1/phase"_s.arg(run.value), wanted.phase.value);
    m_store.setValue(u"place/%1/step"_s.arg(run.value), wanted.step.value);
    m_store.sync();
}

QByteArray Settings::layout(const QString &name) const
{
    return m_store.value(u"layout/"_s + name).toByteArray();
}

void Settings::setLayout(const QString &name, const QByteArray &state)
{
    m_store.setValue(u"layout/"_s + name, state);
}

QString Settings::choice(const QString &name, const QString &standard) const
{
    return m_store.value(u"choice/"_s + name, standard).toString();
}

void Settings::setChoice(const QString &name, const QString &word)
{
    m_store.setValue(u"choice/"_s + name, word);
}

ThemeChoice Settings::theme() const
{
    const QString word = m_store.value(u"theme"_s).toString();
    if (word == u"light"_s)
        return ThemeChoice::Light;
    return word == u"dark"_s ? ThemeChoice::Dark : ThemeChoice::System;
}

void Settings::setTheme(ThemeChoice choice)
{
    switch (choice) {
    case ThemeChoice::System:
        m_store.remove(u"theme"_s);
        return;
    case ThemeChoice::Light:
        m_store.setValue(u"theme"_s, u"light"_s);
        return;
    case ThemeChoice::Dark:
        m_store.setValue(u"theme"_s, u"dark"_s);
        return;
    }
}

} // namespace runsheet
