// SPDX-License-Identifier: Apache-2.0
#include "commandline.h"

#include "checkcommand.h"
#include "practicecommand.h"
#include "reportcommand.h"
#include "runbook/phaserules.h"
#include "runscommand.h"
#include "verifycommand.h"

#include <QCommandLineParser>
#include <QFileInfo>

#include <array>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

constexpr auto kCheckHelp = R"(Usage: runsheet check FILE… [--json]

Reads runbooks and prints what is wrong with them and what could be better. Runs nothing of them;
bash and, where it is installed, shellcheck look at the text of commands. Headings are read with the
rules in ~/.config/runsheet/phaserules.yaml, if there is one, before those of the program.

  --json       an array with an object per file: counts, phases, diagnostics
  -h, --help   this text

Exit codes: 0 nothing found, 1 warnings or errors, 2 a file cannot be read.
)";

int runCheckCommand(const QStringList &arguments, const Paths &, QTextStream &out, QTextStream &err)
{
    QCommandLineParser parser;
    parser.addOptions({{u"json"_s, {}}, {{u"h"_s, u"help"_s}, {}}});
    if (!parser.parse(QStringList{u"check"_s} + arguments))
        return complain(err, u"check", parser.errorText());
    if (parser.isSet(u"help"_s)) {
        out << kCheckHelp;
        return Fine;
    }
    const CheckRequest request{.files = parser.positionalArguments(),
                               .json = parser.isSet(u"json"_s),
                               .phaseRules = PhaseRules::userFile()};
    return runCheck(request, out, err);
}

constexpr std::array kSubCommands{
    SubCommand{u"check", runCheckCommand, false},
    SubCommand{u"runs", runRuns},
    SubCommand{u"report", runReport},
    SubCommand{u"verify", runVerify},
    SubCommand{u"practice", runPracticeCommand, false},
};

} // namespace

Result<void> checkDataFolder(const Paths &paths)
{
    const QFileInfo folder(paths.data());
    if (!folder.exists() || (folder.isDir() && folder.isReadable() && folder.isExecutable()))
        return {};
    return Error{.kind = Error::Kind::Unreadable,
                 .message = u"The data folder %1 is no folder that you may read. Check its "
                            "permissions, or set RUNSHEET_DATA to another one."_s.arg(paths.data()),
                 .detail = {}};
}

QString helpText()
{
    return uR"(Usage: runsheet [RUNBOOK]
       runsheet COMMAND [ARGUMENT…]

Carry out a database migration: sign, run, watch, roll back, report.

  RUNBOOK             open the window on a markdown runbook; without one, on the start page

Commands that need no display:
  check FILE…         read runbooks and print what was found in them       [--json]
  runs                list the runs of this computer                       [--json]
  report RUN          write the report of a run      [--format json|html|pdf] [-o FILE]
  verify RUN|FILE     check the chain of a run or of an exported report    [--json]
  practice            start a throw-away PostgreSQL and open the practice runbook
                                [--no-window | --unattended [--result FOLDER] | --stop]

Options:
  --theme NAME        system, light or dark
  --help, --version   and COMMAND --help

RUN is a number from `runsheet runs`, or the beginning of a run's id.
Exit codes: 0 fine, 1 findings or broken, 2 wrong usage or unreadable.
Data: $RUNSHEET_DATA, else ~/.local/share/runsheet. More: man runsheet.
)"_s;
}

const SubCommand *findSubCommand(const QString &name)
{
    for (const SubCommand &candidate : kSubCommands) {
        if (candidate.name == name)
            return &candidate;
    }
    return nullptr;
}

} // namespace runsheet
