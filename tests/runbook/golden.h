// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "outline.h"

#include <QFile>

namespace runsheet
{

/// A runbook with all that was read from it, as text for people: one line per thing, what belongs
/// to it indented below it.
class GoldenOutline
{
public:
    /// Longer lines are cut, and of every block only so many are shown; 0 for all of it.
    explicit GoldenOutline(qsizetype width = 0, qsizetype height = 0)
        : m_width(width)
        , m_height(height)
    {
    }

    [[nodiscard]] QString of(const Runbook &runbook)
    {
        using namespace Qt::StringLiterals;
        m_lines = {u"# "_s + runbook.title};
        for (const Diagnostic &diagnostic : runbook.diagnostics)
            m_lines << u"! %1:%2 %3 %4"_s.arg(diagnostic.location.line)
                           .arg(diagnostic.location.column)
                           .arg(severity(diagnostic.severity), diagnostic.code);
        for (const Phase &phase : runbook.phases)
            addPhase(phase);
        return m_lines.join(u'\n') + u'\n';
    }

private:
    static QString severity(Diagnostic::Severity severity)
    {
        using namespace Qt::StringLiterals;
        switch (severity) {
        case Diagnostic::Severity::Note:
            return u"note"_s;
        case Diagnostic::Severity::Warning:
            return u"warning"_s;
        case Diagnostic::Severity::Error:
            return u"error"_s;
        }
        return {};
    }

    void addPhase(const Phase &phase)
    {
        using namespace Qt::StringLiterals;
        QString head = groupLetter(phase.group) + u' ' + phase.kind + u": "_s + phase.title;
        if (!phase.section.isEmpty())
            head += u" (in %1)"_s.arg(phase.section);
        if (phase.dueSeconds)
            head += u" (due %1 s)"_s.arg(*phase.dueSeconds);
        m_lines << QString() << head;
        qsizetype next = 0;
        for (qsizetype i = 0; i <= phase.steps.size(); ++i) {
            for (; next < phase.text.size() && phase.text.at(next).position <= i; ++next)
                add(1, u"| "_s, phase.text.at(next).block.text);
            if (i < phase.steps.size())
                addStep(phase.steps.at(i));
        }
    }

    void addStep(const Step &step)
    {
        using namespace Qt::StringLiterals;
        const int depth = step.depth + 1;
        add(depth, step.checkedInSource ? u"x "_s : u"* "_s, step.title);
        addFacts(depth + 1, factsOf(step));
        for (const TextBlock &note : step.notes)
            add(depth + 1, u": "_s, note.text);
        for (const Command &command : step.commands) {
            add(depth + 1, command.language == CommandLanguage::Sql ? u"; "_s : u"$ "_s,
                command.text);
            addFacts(depth + 2, factsOf(command));
            for (const Expectation &expectation : step.expectations) {
                if (expectation.command == command.id)
                    add(depth + 2, u"> "_s, expectation.text);
            }
        }
        for (const Expectation &expectation : step.expectations) {
            if (expectation.command.value.isEmpty())
                add(depth + 1, u"> "_s, expectation.text);
        }
        for (const HttpCheck &check : step.httpChecks) {
            add(depth + 1, u"? "_s,
                u"%1 %2 %3"_s.arg(check.method, check.target).arg(check.expectedStatus));
            if (!check.expectedBody.isEmpty())
                add(depth + 2, u"> "_s, check.expectedBody);
        }
    }

    static QStringList factsOf(const Step &step)
    {
        using namespace Qt::StringLiterals;
        QStringList facts;
        if (!step.required)
            facts << u"optional"_s;
        if (step.signOffs > 1)
            facts << u"%1 sign-offs"_s.arg(step.signOffs);
        if (!step.role.isEmpty())
            facts << u"role "_s + step.role;
        if (step.dueSeconds)
            facts << u"due %1 s"_s.arg(*step.dueSeconds);
        if (step.waitSeconds)
            facts << u"wait %1 s"_s.arg(*step.waitSeconds);
        return facts;
    }

    static QStringList factsOf(const Command &command)
    {
        using namespace Qt::StringLiterals;
        QStringList facts;
        if (!command.label.isEmpty())
            facts << u"“%1”"_s.arg(command.label);
        if (!command.choice.isEmpty())
            facts << u"choice "_s + command.choice;
        if (command.follower)
            facts << u"follower"_s;
        if (command.interactive)
            facts << u"interactive"_s;
        if (!command.placeholders.isEmpty())
            facts << u"asks for "_s + command.placeholders.join(u", "_s);
        if (!command.variables.isEmpty())
            facts << u"reads "_s + command.variables.join(u", "_s);
        for (auto it = command.attributes.begin(); it != command.attributes.end(); ++it)
            facts << it.key() + u'=' + it.value();
        return facts;
    }

    void addFacts(int depth, const QStringList &facts)
    {
        using namespace Qt::StringLiterals;
        if (!facts.isEmpty())
            add(depth, u"= "_s, facts.join(u"; "_s));
    }

    /// The lines of a block stand below each other.
    void add(int depth, const QString &sign, const QString &text)
    {
        using namespace Qt::StringLiterals;
        const QStringList lines = text.split(u'\n');
        const qsizetype shown = m_height > 0 ? std::min(m_height, lines.size()) : lines.size();
        for (qsizetype i = 0; i < shown; ++i) {
            QString line = visible(lines.at(i));
            if (m_width > 0 && line.size() > m_width)
                line = line.left(m_width) + u'…';
            if (i + 1 == shown && shown < lines.size())
                line += u" …"_s;
            const QString start = QString(depth * 2, u' ') + (i == 0 ? sign : u"  "_s);
            m_lines << (line.isEmpty() && i > 0 ? QString() : start + line);
        }
    }

    /// Characters that nobody would see in a review.
    static QString visible(const QString &line)
    {
        using namespace Qt::StringLiterals;
        QString result;
        for (const QChar c : line) {
            const bool hidden =
                c == u'\t' || c.unicode() == 0xA0 || c.category() == QChar::Other_Format;
            result +=
                hidden ? u"{U+%1}"_s.arg(QString::number(c.unicode(), 16).toUpper()) : QString(c);
        }
        return result;
    }

    qsizetype m_width;
    qsizetype m_height;
    QStringList m_lines;
};

/// What the file should hold. With RUNSHEET_UPDATE_GOLDEN in the environment it is written first,
/// for review with git diff.
inline QString goldenText(const QString &fileName, const QString &actual)
{
    QFile file(fileName);
    if (qEnvironmentVariableIsSet("RUNSHEET_UPDATE_GOLDEN")) {
        if (file.open(QIODevice::WriteOnly))
            file.write(actual.toUtf8());
        file.close();
    }
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

} // namespace runsheet
