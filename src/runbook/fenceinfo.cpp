// SPDX-License-Identifier: Apache-2.0
#include "runbook/fenceinfo.h"

#include "runbook/shelltext.h"
#include "runbook/transcript.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

/// What the first word behind the fence says about the block.
struct LanguageName
{
    QLatin1StringView name;
    CommandLanguage language = CommandLanguage::Shell;
    bool mustReadAsShell = false;
    bool isSession = false;
};

constexpr std::array kLanguages = {
    LanguageName{"bash"_L1},
    LanguageName{"sh"_L1},
    LanguageName{"shell"_L1},
    LanguageName{"zsh"_L1},
    LanguageName{"ksh"_L1},
    LanguageName{"shellscript"_L1},
    LanguageName{"sql"_L1, CommandLanguage::Sql},
    LanguageName{"psql"_L1, CommandLanguage::Sql},
    LanguageName{"pgsql"_L1, CommandLanguage::Sql},
    LanguageName{"plpgsql"_L1, CommandLanguage::Sql},
    LanguageName{"postgresql"_L1, CommandLanguage::Sql},
    LanguageName{""_L1, CommandLanguage::Shell, true, false},
    LanguageName{"cmd"_L1, CommandLanguage::Shell, true, false},
    LanguageName{"command"_L1, CommandLanguage::Shell, true, false},
    LanguageName{"console"_L1, CommandLanguage::Shell, true, true},
    LanguageName{"terminal"_L1, CommandLanguage::Shell, true, true},
    LanguageName{"shell-session"_L1, CommandLanguage::Shell, true, true},
    LanguageName{"shellsession"_L1, CommandLanguage::Shell, true, true},
    LanguageName{"sh-session"_L1, CommandLanguage::Shell, true, true},
};

void readLanguage(const QString &words, FenceInfo &fence)
{
    const QString name = words.section(u' ', 0, 0).toLower();
    const auto *it = std::ranges::find_if(
        kLanguages, [&name](const LanguageName &known) { return name == known.name; });
    if (it == kLanguages.end())
        return;
    fence.language = it->language;
    fence.mustReadAsShell = it->mustReadAsShell;
    fence.isSession = it->isSession;
    const QString rest = words.section(u' ', 1).trimmed();
    if (rest.startsWith(u'#'))
        fence.comment = rest.mid(1).trimmed();
}

/// What they protect from would silently happen.
AttributeProblem unclosedAttributes()
{
    return {
        u"unclosed-attributes"_s,
        u"The closing “}” behind the fence is missing, so nothing that stands in the braces has "
        u"an effect. Add it at the end of the line."_s,
        Diagnostic::Severity::Error};
}

} // namespace

FenceInfo parseFenceInfo(const QString &info)
{
    FenceInfo fence;
    const qsizetype open = info.indexOf(u'{');
    readLanguage(info.left(open).trimmed(), fence);
    const qsizetype close = info.lastIndexOf(u'}');
    if (open < 0)
        return fence;
    if (close < info.lastIndexOf(u'{')) {
        fence.problems.append(unclosedAttributes());
        return fence;
    }
    CheckedAttributes checked =
        checkAttributes(parseAttributes(info.mid(open, close - open + 1)), AttributePlace::Command);
    fence.attributes = std::move(checked.values);
    fence.problems = std::move(checked.problems);
    return fence;
}

std::optional<CommandLanguage> runnableLanguage(const FenceInfo &fence, const QString &text)
{
    if (!fence.mustReadAsShell)
        return fence.language;
    const bool isShell = readsAsShell(text)
        || !readTranscript(text, CommandLanguage::Shell, fence.isSession).isEmpty();
    return isShell ? std::optional(CommandLanguage::Shell) : std::nullopt;
}

} // namespace runsheet
