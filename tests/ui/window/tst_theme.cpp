// SPDX-License-Identifier: Apache-2.0
#include "theme.h"

#include <QApplication>
#include <QTest>

using namespace runsheet;

/// The pairs that the window really puts on one another.
class TestTheme : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void textIsReadable_data();
    void textIsReadable();
    void shapesStandOut_data();
    void shapesStandOut();
    void contrastMatchesTheStandard();
    void themeIsToldFromThePalette();
};

void TestTheme::textIsReadable_data()
{
    QTest::addColumn<QColor>("text");
    QTest::addColumn<QColor>("ground");
    for (const Theme *theme : {&lightTheme(), &darkTheme()}) {
        const auto row = [theme](const char *name, const QColor &text, const QColor &ground) {
            QTest::addRow("%s %s", theme->dark ? "dark" : "light", name) << text << ground;
        };
        for (const QColor &ground :
             {theme->window, theme->panel, theme->raised, theme->accentGround, theme->warningGround,
              theme->badGround, theme->okGround, theme->runningGround}) {
            row("text", theme->text, ground);
        }
        for (const QColor &ground : {theme->window, theme->panel, theme->raised,
                                     theme->accentGround, theme->warningGround})
            row("dim", theme->dim, ground);
        row("ok", theme->ok, theme->okGround);
        row("running", theme->running, theme->runningGround);
        row("warning", theme->warning, theme->warningGround);
        row("bad", theme->bad, theme->badGround);
        row("accent on panel", theme->accent, theme->panel);
        row("accent on its ground", theme->accent, theme->accentGround);
        row("primary button", theme->onAccent, theme->accent);
        for (const auto &colour :
             {QStringLiteral("red"), QStringLiteral("amber"), QStringLiteral("teal")})
            row("band", theme->bandText, theme->band(colour));
    }
}

void TestTheme::textIsReadable()
{
    QFETCH(QColor, text);
    QFETCH(QColor, ground);
    const double ratio = contrast(text, ground);
    QVERIFY2(ratio >= 4.5,
             qPrintable(QStringLiteral("%1 on %2: %3").arg(text.name(), ground.name()).arg(ratio)));
}

void TestTheme::shapesStandOut_data()
{
    QTest::addColumn<QColor>("shape");
    QTest::addColumn<QColor>("ground");
    for (const Theme *theme : {&lightTheme(), &darkTheme()}) {
        for (const QColor &shape : {theme->ok, theme->running, theme->warning, theme->bad,
                                    theme->dim, theme->accent, theme->p50, theme->p95, theme->p99})
            QTest::addRow("%s %s", theme->dark ? "dark" : "light", qPrintable(shape.name()))
                << shape << theme->panel;
    }
}

void TestTheme::shapesStandOut()
{
    QFETCH(QColor, shape);
    QFETCH(QColor, ground);
    QVERIFY(contrast(shape, ground) >= 3.0);
}

void TestTheme::contrastMatchesTheStandard()
{
    QCOMPARE(contrast(Qt::black, Qt::white), 21.0);
    QCOMPARE(contrast(Qt::white, Qt::white), 1.0);
}

void TestTheme::themeIsToldFromThePalette()
{
    applyTheme(*qApp, ThemeChoice::Dark);
    QVERIFY(themeOf(QApplication::palette()).dark);
    QVERIFY(qApp->styleSheet().contains(darkTheme().accent.name()));
    QVERIFY(!qApp->styleSheet().contains(u'@'));
    applyTheme(*qApp, ThemeChoice::Light);
    QVERIFY(!themeOf(QApplication::palette()).dark);
}

QTEST_MAIN(TestTheme)
#include "tst_theme.moc"
