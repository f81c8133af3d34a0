// SPDX-License-Identifier: Apache-2.0
#include "commandline.h"

#include "checkcommand.h"
#include "practicecommand.h"
#include "reportcommand.h"
#include "runscommand.h"
#include "verifycommand.h"

#include <array>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

constexpr char kCheckHelp[] = R"(Usage: runsheet check FILE… [--json]

Reads runbooks and prints what was found in them. Runs nothing.

  --json       an array with an object per file: counts, phases, diagnostics
  -h, --help   this text

Exit codes: 0 nothing found, 1 warnings or errors, 2 a file cannot be read.
)";

int runCheckCommand(const QStringList &arguments, const Paths &, QTextStream &out, QTextStream &err)
{
    QStringList files = arguments;
    if (files.contains(u"--help"_s) || files.contains(u"-h"_s)) {
        out << kCheckHelp;
        return Fine;
    }
    const bool json = files.removeAll(u"--json"_s) > 0;
    return runCheck(files, json, out, err);
}

constexpr std::array kSubCommands {
    SubCommand {u"check", runCheckCommand}, SubCommand {u"runs", runRuns},
    SubCommand {u"report", runReport},      SubCommand {u"verify", runVerify},
    SubCommand {u"practice", runPracticeCommand},
};

} // namespace

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
