// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QHash>
#include <QString>

#include <memory>

class QProcess;

namespace runsheet
{

/// Says whether a piece of shell text is complete by itself. Plain lines are judged here; anything
/// that could go on across a blank line is given to `bash -n`, which parses and runs nothing.
/// Waits for the answer; any thread.
class ShellSyntax
{
public:
    ShellSyntax();
    ~ShellSyntax();
    Q_DISABLE_COPY_MOVE(ShellSyntax)

    /// False for incomplete or wrong text, and for everything unclear once the number of allowed
    /// checks is used up or there is no bash.
    [[nodiscard]] bool isComplete(const QString &piece);

private:
    [[nodiscard]] bool bashAccepts(const QString &piece);
    [[nodiscard]] bool ask(const QByteArray &piece);
    void startBash();
    void stopBash();

    std::unique_ptr<QProcess> m_bash; ///< started when first needed
    QHash<QString, bool> m_answers;
};

/// No quote, group or keyword in the text can be left open by it.
[[nodiscard]] bool isPlainShell(const QString &text);

} // namespace runsheet
