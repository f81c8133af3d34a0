// SPDX-License-Identifier: Apache-2.0
// A second program on the same journal, for tests that kill it, starve it, or race with it.
//   storechild append FOLDER RUN COUNT NAME   appends notes, prints each id once it is durable
//   storechild read FOLDER                    prints the number of runs, then tries to append
// Exit 0 fine, 1 refused (the message goes to standard error).
#include "store/journaldatabase.h"
#include "store/samplerun.h"

#include <QCoreApplication>

#include <csignal>
#include <cstdio>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace runsheet;

namespace
{

int complain(const Error &error)
{
    fprintf(stderr, "%s\n", qUtf8Printable(describe(error)));
    return 1;
}

int appendNotes(const QStringList &arguments)
{
    JournalDatabase database{Paths(arguments.at(2))};
    test::SampleRun run;
    run.id = RunId{arguments.at(3)};
    for (int i = 0; i < arguments.at(4).toInt(); ++i) {
        const auto stored = database.append(
            run.make(NoteAdded{.text = u"note %1"_s.arg(i), .step = {}}, arguments.at(5)));
        if (!stored)
            return complain(stored.error());
        printf("%s\n", qUtf8Printable(stored->id.value));
        fflush(stdout);
    }
    return 0;
}

int readOnly(const QStringList &arguments)
{
    constexpr uid_t kNobody = 65534;
    if (geteuid() == 0 && setuid(kNobody) != 0)
        return 2;
    JournalDatabase database{Paths(arguments.at(2))};
    const auto runs = database.list();
    if (!runs)
        return complain(runs.error());
    printf("%d\n", static_cast<int>(runs->size()));
    fflush(stdout);
    const auto stored = database.append(test::SampleRun().make(test::SampleRun().created()));
    return stored ? 0 : complain(stored.error());
}

} // namespace

int main(int argc, char **argv)
{
    // As the program itself does: a limit on the file size must be an error, not the end.
    std::signal(SIGXFSZ, SIG_IGN);
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() == 6 && arguments.at(1) == "append"_L1)
        return appendNotes(arguments);
    if (arguments.size() == 3 && arguments.at(1) == "read"_L1)
        return readOnly(arguments);
    return 2;
}
