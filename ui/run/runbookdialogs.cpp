// SPDX-License-Identifier: Apache-2.0
// What RunDialogs asks about the runbook itself: what was found in it, and whether the run goes on
// with a changed one.
#include "base/text.h"
#include "run/amendment.h"
#include "run/differencedialog.h"
#include "run/findingsdialog.h"
#include "run/runbooksource.h"
#include "run/rundialogs.h"

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

constexpr qsizetype kNamedSteps = 6;

QString effectOf(const AmendmentPreview &preview)
{
    const QString kept =
        RunDialogs::tr("Still signed: %1").arg(countOf(preview.kept, RunDialogs::tr("step")));
    if (preview.withdrawn.isEmpty())
        return kept + u'.';
    QStringList named = preview.withdrawn.mid(0, kNamedSteps);
    if (const qsizetype more = preview.withdrawn.size() - kNamedSteps; more > 0)
        named << RunDialogs::tr("and %1 more").arg(more);
    return RunDialogs::tr("%1; changed or gone, and no longer signed: %2.")
        .arg(kept, named.join(u" · "_s));
}

} // namespace

void RunDialogs::showFindings()
{
    auto *dialog = new FindingsDialog(m_controller.runbook().diagnostics, &m_window);
    dialog->open();
}

void RunDialogs::showDifference(const QByteArray &fileNow)
{
    auto *dialog = new DifferenceDialog(decodedSource(m_controller.runbook().source),
                                        decodedSource(fileNow), &m_window);
    // What was looked at is what the run is amended with, even if the file changes again.
    connect(dialog, &DifferenceDialog::amendWanted, this, [this, fileNow] { amend(fileNow); });
    dialog->open();
}

void RunDialogs::amend(const QByteArray &fileNow)
{
    const RunState &state = m_controller.state();
    auto amended = std::make_shared<const Runbook>(readForRun(state.created, fileNow));
    ask(
        {.title = tr("Amend the run"),
         .text = tr("The run goes on with the file as it is now. %1 Every command must be approved "
                    "again. What was signed and run stays in the record, and the report lists the "
                    "change among the deviations.")
                     .arg(effectOf(previewOf(state, *amended))),
         .field = tr("Reason"),
         .verb = tr("Amend run")},
        [this, amended](const QString &reason) {
            return rules::mayAmend(m_controller.state(), *amended, reason);
        },
        [this, fileNow](const QString &reason) { m_controller.amendRunbook(fileNow, reason); });
}

} // namespace runsheet
