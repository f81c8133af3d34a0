// SPDX-License-Identifier: Apache-2.0
#include "run/approvaldialog.h"

#include "base/text.h"
#include "screenfit.h"
#include "theme.h"
#include "widgets/labels.h"

#include <QDialogButtonBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

/// Room for 80 columns and 30 lines of the listing.
QSize firstSize(const QPlainTextEdit &text)
{
    constexpr int kColumns = 80;
    constexpr int kLines = 30;
    constexpr int kBeside = 12; // columns: the margins, the scroll bar
    constexpr int kAround = 9; // lines: the introduction, the buttons, the margins
    const QFontMetrics metrics = text.fontMetrics();
    return {metrics.horizontalAdvance(u'0') * (kColumns + kBeside),
            metrics.height() * (kLines + kAround)};
}

} // namespace

namespace
{

/// "Execution · Step 4: Backfill · in migrations/009 · line 158".
QString headOf(const Phase &phase, const Step &step, const Command &command)
{
    const QString folder = command.workingFolder();
    return u"── "_s
        + dotted({phase.title, step.title, folder.isEmpty() ? QString() : u"in "_s + folder,
                  u"line %1"_s.arg(command.location.line)});
}

} // namespace

QString commandListing(const Runbook &runbook)
{
    QString text;
    for (const Phase &phase : runbook.phases) {
        for (const Step &step : phase.steps) {
            for (const Command &command : step.commands)
                text += headOf(phase, step, command) + u'\n' + command.text + u"\n\n"_s;
        }
    }
    return text.trimmed();
}

ApprovalDialog::ApprovalDialog(const Runbook &runbook, QWidget *parent)
    : QDialog(parent)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Approve the commands"));
    const QString count = countOf(runbook.commandCount(), tr("command"));
    auto *text = new QPlainTextEdit(commandListing(runbook), this);
    text->setReadOnly(true);
    text->setFont(fixedFont());
    text->setLineWrapMode(QPlainTextEdit::NoWrap);
    text->setAccessibleName(tr("Commands of the runbook"));
    text->setMinimumSize(fontMetrics().averageCharWidth() * 40, fontMetrics().height() * 10);

    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    QPushButton *approve =
        buttons->addButton(tr("Approve %1").arg(count), QDialogButtonBox::AcceptRole);
    approve->setObjectName(u"approve"_s);
    approve->setAccessibleName(approve->text());
    approve->setProperty("primary", true);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(20, 16, 20, 16);
    column->setSpacing(12);
    column->addWidget(
        wrappedLabel(tr("This runbook runs %1. Here is their exact text, in the order of "
                        "the document. Only what you approve here is ever run, one "
                        "command at a time, when you press its Run button.")
                         .arg(count),
                     this));
    column->addWidget(text, 1);
    column->addWidget(buttons);
    text->setFocus();
    resize(firstSize(*text));
    fitToScreen(*this);
}

} // namespace runsheet
