// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QFrame>

namespace runsheet
{

/// Says that the runbook's file is no longer what the run goes by, and offers to look and to
/// amend. Hidden until then.
class ChangedFileStrip final : public QFrame
{
    Q_OBJECT

public:
    explicit ChangedFileStrip(QWidget *parent = nullptr);

    /// Announces itself when it was not shown.
    void setChanged(bool changed);

Q_SIGNALS:
    void differenceWanted();
    void amendWanted();
};

} // namespace runsheet
