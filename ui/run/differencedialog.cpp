// SPDX-License-Identifier: Apache-2.0
#include "run/differencedialog.h"

#include "base/text.h"
#include "screenfit.h"
#include "theme.h"
#include "widgets/labels.h"

#include <QApplication>
#include <QDialogButtonBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTextBlock>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

using Kind = DifferenceLine::Kind;

constexpr int kNumberWidth = 5;

QChar markOf(Kind kind)
{
    switch (kind) {
    case Kind::Added:
        return u'+';
    case Kind::Removed:
        return u'−';
    case Kind::Same:
    case Kind::Gap:
        break;
    }
    return u' ';
}

/// Direction marks and control characters can make a command look like another one.
bool isInvisible(QChar character)
{
    const auto category = character.category();
    return (category == QChar::Other_Control && character != u'\t')
        || category == QChar::Other_Format;
}

QString visible(const QString &line)
{
    QString text;
    for (const QChar character : line) {
        if (isInvisible(character))
            text += u"⟨U+%1⟩"_s.arg(character.unicode(), 4, 16, QChar(u'0')).toUpper();
        else
            text += character;
    }
    return text;
}

QString countsOf(const QList<DifferenceLine> &difference)
{
    const auto count = [&](Kind kind) {
        return std::ranges::count(difference, kind, &DifferenceLine::kind);
    };
    const QString line = DifferenceDialog::tr("line");
    return DifferenceDialog::tr("%1 added, %2 removed")
        .arg(countOf(count(Kind::Added), line), countOf(count(Kind::Removed), line));
}

QTextBlockFormat formatOf(Kind kind)
{
    const QPalette colours = QApplication::palette();
    const Theme &theme = themeOf(colours);
    QTextBlockFormat format;
    if (kind == Kind::Added)
        format.setBackground(theme.okGround);
    else if (kind == Kind::Removed)
        format.setBackground(theme.badGround);
    return format;
}

void fill(QPlainTextEdit &view, const QList<DifferenceLine> &difference)
{
    QTextCursor cursor(view.document());
    cursor.beginEditBlock();
    for (const DifferenceLine &line : difference) {
        if (cursor.position() > 0)
            cursor.insertBlock();
        cursor.setBlockFormat(formatOf(line.kind));
        cursor.insertText(differenceText(line));
    }
    cursor.endEditBlock();
    view.moveCursor(QTextCursor::Start);
}

QSize firstSize(const QPlainTextEdit &view)
{
    constexpr int kColumns = 104;
    constexpr int kLines = 36;
    return {view.fontMetrics().horizontalAdvance(u'0') * kColumns,
            view.fontMetrics().height() * kLines};
}

} // namespace

QString differenceText(const DifferenceLine &line)
{
    if (line.kind == Kind::Gap)
        return u"⋯"_s;
    return u"%1 %2  %3"_s.arg(markOf(line.kind))
        .arg(line.line, kNumberWidth)
        .arg(visible(line.text));
}

DifferenceDialog::DifferenceDialog(const QString &before, const QString &after, QWidget *parent)
    : QDialog(parent)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Difference"));
    const QList<DifferenceLine> difference = lineDifference(before, after);
    auto *view = new QPlainTextEdit(this);
    view->setReadOnly(true);
    view->setFont(fixedFont());
    view->setLineWrapMode(QPlainTextEdit::NoWrap);
    view->setAccessibleName(tr("Difference"));
    view->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    fill(*view, difference);

    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    QPushButton *amend = buttons->addButton(tr("Amend the run…"), QDialogButtonBox::ActionRole);
    amend->setAccessibleName(tr("Amend the run"));
    amend->setAutoDefault(false); // Enter only closes
    connect(amend, &QPushButton::clicked, this, [this] {
        accept();
        Q_EMIT amendWanted();
    });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(20, 16, 20, 16);
    column->setSpacing(12);
    column->addWidget(strongLabel(countsOf(difference), this));
    column->addWidget(wrappedLabel(
        tr("Lines with + are new in the file, lines with − are in the runbook of this run alone. "
           "Nothing changes for the run unless it is amended."),
        this));
    column->addWidget(view, 1);
    column->addWidget(buttons);
    view->setFocus();
    resize(firstSize(*view));
    fitToScreen(*this);
}

} // namespace runsheet
