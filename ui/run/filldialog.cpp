// SPDX-License-Identifier: Apache-2.0
#include "run/filldialog.h"

#include "base/text.h"
#include "screenfit.h"
#include "theme.h"
#include "widgets/card.h"
#include "widgets/elidedlabel.h"
#include "widgets/labels.h"

#include <QDialogButtonBox>
#include <QGridLayout>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTextBlock>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

constexpr int kPreviewLines = 14;
constexpr int kPreviewColumns = 84;
constexpr qsizetype kLongestTitle = 120; ///< the whole command stands below it

QString shortTitle(const Command &command)
{
    const QString title = command.title();
    return title.size() <= kLongestTitle ? title : title.first(kLongestTitle - 1) + u'…';
}

QString originOf(const CommandInput &input)
{
    switch (input.origin) {
    case CommandInput::Origin::Remembered:
        return FillDialog::tr("as given earlier in this run");
    case CommandInput::Origin::RunVariable:
        return FillDialog::tr("left by an earlier command of this run");
    case CommandInput::Origin::Environment:
        return FillDialog::tr("from the environment");
    case CommandInput::Origin::NotKept:
        return FillDialog::tr("set by an earlier command, but its value is secret and was not "
                              "kept: type it again");
    case CommandInput::Origin::None:
        break;
    }
    return {};
}

/// Where the proposal comes from, and what becomes of the value.
QString hintOf(const CommandInput &input)
{
    QStringList parts{originOf(input)};
    if (input.secret)
        parts << FillDialog::tr("secret: handed to the command, written down nowhere");
    else if (input.kind == CommandInput::Kind::Variable)
        parts << FillDialog::tr("handed over as a variable");
    return dotted(parts);
}

} // namespace

FillDialog::FillDialog(const Command &command, const QList<CommandInput> &inputs, Prepare prepare,
                       QWidget *parent)
    : QDialog(parent)
    , m_inputs(inputs)
    , m_prepare(std::move(prepare))
    , m_preview(new QPlainTextEdit(this))
    , m_variables(dimLabel({}, this))
    , m_warnings(wrappedLabel({}, this))
    , m_refusal(dimLabel({}, this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Fill in the command"));
    m_preview->setReadOnly(true);
    m_preview->setFont(fixedFont());
    m_preview->setTabChangesFocus(true);
    m_preview->setAccessibleName(tr("What will run"));
    buildLayout(command);
    refresh();
    const auto open = std::ranges::find_if(
        m_fields, [](const QLineEdit *field) { return field->text().isEmpty(); });
    (open == m_fields.end() ? m_fields.first() : *open)->setFocus();
    // Lines that wrap make a layout's own first guess too low.
    const int width = layout()->minimumSize().width();
    resize(width, layout()->totalMinimumHeightForWidth(width));
    fitToScreen(*this);
}

void FillDialog::buildLayout(const Command &command)
{
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_run = buttons->addButton(tr("Run"), QDialogButtonBox::AcceptRole);
    m_run->setObjectName(u"confirm"_s);
    m_run->setAccessibleName(tr("Run with these values"));
    m_run->setDefault(true);
    m_run->setProperty("primary", true);
    connect(m_run, &QPushButton::clicked, this, &FillDialog::confirm);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);

    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(4);
    addFields(*grid);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(20, 16, 20, 16);
    column->setSpacing(12);
    column->addWidget(wrappedLabel(tr("“%1” runs with the values that you give here. What you "
                                      "see below is what runs and what is recorded.")
                                       .arg(shortTitle(command)),
                                   this));
    column->addLayout(grid);
    auto *result = new QVBoxLayout;
    result->setSpacing(6);
    result->addWidget(capsLabel(tr("What will run"), this));
    result->addWidget(m_preview, 1);
    column->addLayout(result, 1);
    column->addWidget(m_variables);
    column->addWidget(m_warnings);
    column->addWidget(m_refusal);
    column->addWidget(buttons);

    const QFontMetrics metrics = m_preview->fontMetrics();
    const auto lines = std::clamp<qsizetype>(command.text.count(u'\n') + 3, 4, kPreviewLines);
    const int edge = metrics.height(); // of the field around its text, above and below together
    m_preview->setMinimumSize(metrics.horizontalAdvance(u'0') * kPreviewColumns,
                              metrics.lineSpacing() * static_cast<int>(lines) + edge);
}

void FillDialog::addFields(QGridLayout &grid)
{
    for (const CommandInput &input : std::as_const(m_inputs)) {
        auto *field = new QLineEdit(input.proposal, this);
        field->setAccessibleName(input.name);
        field->setAccessibleDescription(hintOf(input));
        if (input.secret)
            field->setEchoMode(QLineEdit::Password);
        auto *name = new ElidedLabel(input.name, this); // the runbook says how long it is
        name->setFont(fixedFont());
        name->setBuddy(field);
        field->ensurePolished();
        field->setMinimumHeight(field->sizeHint().height()); // text is cut before a dialog scrolls
        const int row = grid.rowCount();
        grid.addWidget(name, row, 0);
        grid.addWidget(field, row, 1);
        if (const QString hint = hintOf(input); !hint.isEmpty())
            grid.addWidget(dimLabel(hint, this), row + 1, 1);
        connect(field, &QLineEdit::textChanged, this, &FillDialog::refresh);
        m_fields.append(field);
    }
    grid.setColumnStretch(1, 1);
}

QMap<QString, QString> FillDialog::answers() const
{
    QMap<QString, QString> out;
    for (qsizetype i = 0; i < m_inputs.size(); ++i)
        out.insert(m_inputs.at(i).name, m_fields.at(i)->text().trimmed());
    return out;
}

void FillDialog::refresh()
{
    const Result<PreparedCommand> prepared = m_prepare(answers());
    m_run->setEnabled(prepared && prepared->open.isEmpty());
    if (!prepared) {
        setTextOrHide(m_refusal, prepared.error().message);
        return; // the text before stays readable
    }
    setTextOrHide(m_refusal,
                  prepared->open.isEmpty()
                      ? QString()
                      : tr("Still open: %1").arg(prepared->open.join(u", "_s)));
    showPrepared(*prepared);
}

void FillDialog::showPrepared(const PreparedCommand &prepared)
{
    m_preview->setPlainText(prepared.text);
    markOpen(prepared.open);
    QStringList handed;
    for (auto it = prepared.variables.begin(); it != prepared.variables.end(); ++it)
        handed << it.key() + u'=' + it.value();
    for (auto it = prepared.secrets.begin(); it != prepared.secrets.end(); ++it)
        handed << it.key() + u"=••••••••"_s;
    setTextOrHide(m_variables,
                  handed.isEmpty() ? QString() : tr("With %1").arg(handed.join(u", "_s)));
    setTextOrHide(m_warnings, prepared.warnings.join(u'\n'));
}

void FillDialog::markOpen(const QStringList &open)
{
    QList<QTextEdit::ExtraSelection> marks;
    for (const QString &name : open) {
        QTextCursor at(m_preview->document());
        while (!(at = m_preview->document()->find(name, at, QTextDocument::FindCaseSensitively))
                    .isNull()) {
            QTextEdit::ExtraSelection mark;
            mark.cursor = at;
            mark.format.setBackground(themeOf(palette()).warningGround);
            mark.format.setForeground(themeOf(palette()).warning);
            marks.append(mark);
        }
    }
    m_preview->setExtraSelections(marks);
}

void FillDialog::confirm()
{
    const QMap<QString, QString> given = answers();
    accept();
    Q_EMIT confirmed(given);
}

} // namespace runsheet
