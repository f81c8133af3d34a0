// SPDX-License-Identifier: Apache-2.0
#include "widgets/serverstrip.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

constexpr int kSpace = 8;

} // namespace

ServerStrip::ServerStrip(Detail detail, QWidget *parent)
    : QFrame(parent)
    , m_detail(detail)
    , m_message(new QLabel(this))
    , m_password(new QPushButton(tr("Password…"), this))
    , m_retry(new QPushButton(tr("Retry"), this))
{
    setProperty("strip", true); // looks: see style.qss
    setProperty("tone", u"warning"_s);
    m_message->setObjectName("serverMessage"_L1);
    m_message->setTextFormat(Qt::PlainText);
    m_message->setWordWrap(true);
    m_message->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_password->setObjectName("serverPassword"_L1);
    m_password->setAccessibleDescription(tr("Enter the password for this run"));
    m_retry->setObjectName("retryServer"_L1);
    m_retry->setAccessibleDescription(tr("Try to reach the server now"));
    connect(m_password, &QPushButton::clicked, this, &ServerStrip::passwordRequested);
    connect(m_retry, &QPushButton::clicked, this, &ServerStrip::retryRequested);

    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(kSpace, kSpace / 2, kSpace / 2, kSpace / 2);
    row->addWidget(m_message, 1);
    row->addWidget(m_password, 0, Qt::AlignTop);
    row->addWidget(m_retry, 0, Qt::AlignTop);
    setStatus({});
}

void ServerStrip::setStatus(const MonitorStatus &status)
{
    using State = MonitorStatus::State;
    setVisible(status.state == State::Lost || status.state == State::Refused);
    m_password->setVisible(status.wantsPassword);
    const bool inText = m_detail == Detail::Shown && !status.detail.isEmpty();
    m_message->setText(inText ? status.message + u'\n' + status.detail : status.message);
    // As rich text, so that what the server says cannot be taken for it.
    m_message->setToolTip(status.detail.isEmpty() || inText
                              ? QString()
                              : u"<p>%1</p>"_s.arg(status.detail.toHtmlEscaped()));
}

} // namespace runsheet
