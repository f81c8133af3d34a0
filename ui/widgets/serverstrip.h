// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "metrics/monitorstatus.h"

#include <QFrame>

class QLabel;
class QPushButton;

namespace runsheet
{

/// Why the server is not being watched, and what can be done about it. Hidden while all is well.
class ServerStrip final : public QFrame
{
    Q_OBJECT

public:
    enum class Detail
    {
        Shown,
        InToolTip ///< the server's own words, where there is no room for them
    };

    explicit ServerStrip(Detail detail, QWidget *parent = nullptr);

    void setStatus(const MonitorStatus &status);

Q_SIGNALS:
    /// Try the server now.
    void retryRequested();
    /// Ask for the password, then try with it.
    void passwordRequested();

private:
    Detail m_detail;
    QLabel *m_message;
    QPushButton *m_password;
    QPushButton *m_retry;
};

} // namespace runsheet
