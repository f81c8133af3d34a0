// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "log/logview.h"

#include "output/logtesting.h"

#include <QScrollBar>
#include <QTemporaryDir>
#include <QTest>

namespace runsheet::testing
{

using namespace Qt::StringLiterals;

/// A view of a log file that the test writes, shown and with the focus.
class LogViewFixture : public QObject
{
    Q_OBJECT

protected:
    void show(const QByteArray &bytes, bool growing)
    {
        QVERIFY(writeLog(m_path, bytes));
        m_view->open(m_path, growing);
        QTRY_COMPARE(m_view->log().index().size(), bytes.size());
        // The frame after the last bytes; a running command's caret has a line of its own.
        const qint64 rows = m_view->log().lineCount() + (growing && bytes.endsWith('\n') ? 1 : 0);
        QTRY_COMPARE(scrollMaximum(), static_cast<int>(qMax(0LL, rows - m_view->rowCount())));
    }
    [[nodiscard]] qint64 lastWholeLine() const
    {
        return m_view->firstVisibleLine() + m_view->rowCount() - 1;
    }
    [[nodiscard]] int scrollValue() const { return m_view->verticalScrollBar()->value(); }
    [[nodiscard]] int scrollMaximum() const { return m_view->verticalScrollBar()->maximum(); }
    [[nodiscard]] QPoint placeOf(qint64 line, int column) const
    {
        const LinePainter painter(fixedFont(), themeOf(m_view->palette()));
        const QRect box = m_view->lineRect(line);
        return {12 + static_cast<int>(column * painter.columnWidth()), box.center().y()};
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<LogView> m_view;
    QString m_path;

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_path = m_folder->filePath(u"output.log"_s);
        m_view = std::make_unique<LogView>();
        m_view->resize(600, 400);
        m_view->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_view.get()));
        m_view->setFocus();
    }
    void cleanup() { m_view.reset(); }
};

} // namespace runsheet::testing
