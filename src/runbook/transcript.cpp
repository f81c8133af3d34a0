// SPDX-License-Identifier: Apache-2.0
#include "runbook/transcript.h"

#include "runbook/commandcutter.h"
#include "runbook/interactive.h"
#include "runbook/shelltools.h"

#include <QRegularExpression>
#include <QStringList>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

struct Prompts
{
    QRegularExpression first;
    QRegularExpression next; ///< of a line that continues the one before
};

const Prompts &promptsOf(CommandLanguage language)
{
    static const Prompts kShell{
        QRegularExpression(
            u"^\\s*(?:\\([\\w.-]+\\) )?(?:[\\w.-]+@[\\w.-]+(?::\\S*)?\\s?[$#%]|\\[[\\w.-]+@[\\w.-]+ [^\\]]*\\]\\s?[$#]|\\$)[ \\t]+(?=\\S)"_s),
        QRegularExpression(u"^\\s*>(?: |$)"_s)};
    static const Prompts kSql{QRegularExpression(u"^[A-Za-z_][\\w-]*=[#>*!]+\\s+(?=\\S)"_s),
                              QRegularExpression(u"^[A-Za-z_][\\w-]*[-('\"$][#>]\\s"_s)};
    return language == CommandLanguage::Sql ? kSql : kShell;
}

class TranscriptReader
{
public:
    TranscriptReader(QStringList lines, CommandLanguage language, bool rootPrompts)
        : m_lines(std::move(lines))
        , m_prompts(promptsOf(language))
        , m_language(language)
        , m_rootPrompts(rootPrompts)
    {
    }

    QList<TranscriptPart> run()
    {
        for (m_at = 0; m_at < m_lines.size(); ++m_at)
            readLine(m_lines.at(m_at));
        endPart();
        return m_parts;
    }

private:
    /// Length of the prompt, 0 for none.
    [[nodiscard]] qsizetype promptLength(const QString &line) const
    {
        if (const auto match = m_prompts.first.match(line); match.hasMatch())
            return match.capturedLength();
        return m_rootPrompts && isRootCommand(line) ? 2 : 0;
    }

    [[nodiscard]] static bool isRootCommand(const QString &line)
    {
        return line.startsWith(u"# ") && isWellKnownTool(commandLineOf(line.mid(2)).program);
    }

    void readLine(const QString &line)
    {
        if (const qsizetype length = promptLength(line); length > 0) {
            beginTyped();
            type(line.mid(length));
        } else if (m_typing && goesOn(line)) {
            const auto next = m_prompts.next.match(line);
            type(next.hasMatch() ? line.mid(next.capturedLength()) : line);
        } else if (isLabel(line)) {
            endPart();
            m_comments << line.trimmed();
            m_commentLine = m_comments.size() == 1 ? m_at : m_commentLine;
        } else {
            print(line);
        }
    }

    [[nodiscard]] bool goesOn(const QString &line) const
    {
        const QString &last = m_typed.last();
        return last.endsWith(u'\\') || m_prompts.next.match(line).hasMatch() || !m_ends.isEmpty()
            || last.endsWith(u'|') || last.endsWith(u"&&")
            || (m_language == CommandLanguage::Sql && !last.trimmed().endsWith(u';')
                && !last.trimmed().startsWith(u'\\'));
    }

    /// A comment that stands above a prompt, maybe with others between them.
    [[nodiscard]] bool isLabel(const QString &line) const
    {
        if (!line.trimmed().startsWith(m_language == CommandLanguage::Sql ? u"--"_s : u"# "_s))
            return false;
        for (qsizetype i = m_at + 1; i < m_lines.size(); ++i) {
            if (promptLength(m_lines.at(i)) > 0)
                return true;
            if (!m_lines.at(i).trimmed().isEmpty() && !m_lines.at(i).trimmed().startsWith(u'#'))
                return false;
        }
        return false;
    }

    void beginTyped()
    {
        const bool alone =
            !m_typed.isEmpty() && (isInteractive(m_typed.last()) || isFollower(m_typed.last()));
        if (!m_printed.isEmpty() || m_blank || alone)
            endPart();
        m_typing = true;
    }

    void type(const QString &text)
    {
        if (m_typed.isEmpty())
            m_typedLine = m_at;
        m_typed << text;
        watchHereDocument(text);
    }

    void watchHereDocument(const QString &text)
    {
        static const QRegularExpression kHere(u"<<-?\\s*['\"]?(\\w+)['\"]?"_s);
        if (!m_ends.isEmpty()) {
            if (text.trimmed() == m_ends)
                m_ends.clear();
        } else if (const auto match = kHere.match(text); match.hasMatch()) {
            m_ends = match.captured(1);
        }
    }

    void print(const QString &line)
    {
        m_typing = false;
        if (m_printed.isEmpty()) {
            m_blank = m_blank || line.trimmed().isEmpty();
            if (line.trimmed().isEmpty())
                return;
            m_printedLine = m_at;
        }
        m_printed << line;
    }

    void endPart()
    {
        if (!m_typed.isEmpty() || !m_printed.isEmpty()) {
            const qsizetype start = !m_comments.isEmpty() ? m_commentLine
                : m_typed.isEmpty()                       ? m_printedLine
                                                          : m_typedLine;
            while (!m_printed.isEmpty() && m_printed.last().trimmed().isEmpty())
                m_printed.removeLast();
            m_parts.append({(m_comments + m_typed).join(u'\n'), static_cast<int>(start),
                            m_printed.join(u'\n'), static_cast<int>(m_printedLine)});
            m_comments.clear();
        }
        m_typed.clear();
        m_printed.clear();
        m_ends.clear();
        m_typing = false;
        m_blank = false;
    }

    QStringList m_lines;
    const Prompts &m_prompts;
    CommandLanguage m_language;
    bool m_rootPrompts;
    QList<TranscriptPart> m_parts;
    qsizetype m_at = 0;
    QStringList m_comments;
    QStringList m_typed;
    QStringList m_printed;
    qsizetype m_commentLine = 0;
    qsizetype m_typedLine = 0;
    qsizetype m_printedLine = 0;
    QString m_ends; ///< the word that ends the here-document being typed
    bool m_typing = false;
    bool m_blank = false; ///< a blank line stands behind what was typed
};

bool hasPrompt(const QStringList &lines, CommandLanguage language)
{
    const QRegularExpression &prompt = promptsOf(language).first;
    return std::any_of(lines.cbegin(), lines.cend(),
                       [&prompt](const QString &line) { return prompt.match(line).hasMatch(); });
}

bool mayHoldPrompt(const QString &block, CommandLanguage language, bool isSession)
{
    return language == CommandLanguage::Sql
        ? block.contains(u"=#") || block.contains(u"=>") || block.contains(u"=*")
        : block.contains(u"$ ") || block.contains(u'@') || (isSession && block.contains(u"# "));
}

bool beginsWithRootCommand(const QStringList &lines)
{
    for (const QString &line : lines) {
        if (!line.trimmed().isEmpty())
            return line.startsWith(u"# ") && isWellKnownTool(commandLineOf(line.mid(2)).program);
    }
    return false;
}

} // namespace

QList<TranscriptPart> readTranscript(const QString &block, CommandLanguage language, bool isSession)
{
    if (!mayHoldPrompt(block, language, isSession))
        return {};
    const QStringList lines = block.split(u'\n');
    const bool prompted = hasPrompt(lines, language);
    const bool rootPrompts = !prompted && isSession && language == CommandLanguage::Shell
        && beginsWithRootCommand(lines);
    if (!prompted && !rootPrompts)
        return {};
    return TranscriptReader(lines, language, rootPrompts).run();
}

} // namespace runsheet
