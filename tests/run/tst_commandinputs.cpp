// SPDX-License-Identifier: Apache-2.0
#include "run/commandinputs.h"

#include "base/secrets.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace runsheet;

namespace
{

const QStringList kProcess{u"HOME"_s, u"PATH"_s};

Command backup()
{
    return {.text = u"backup <account> \"$HOME\" \"$BACKUP_ID\" \"$DB_PASSWORD\" \"$PGHOST\""_s,
            .placeholders = {u"<account>"_s},
            .variables = {u"HOME"_s, u"BACKUP_ID"_s, u"DB_PASSWORD"_s, u"PGHOST"_s}};
}

RunState state()
{
    RunState state;
    state.environment.connection.host = u"db1"_s;
    return state;
}

QStringList names(const QList<CommandInput> &inputs)
{
    QStringList out;
    for (const CommandInput &input : inputs)
        out += input.name;
    return out;
}

} // namespace

class TestCommandInputs : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void onlyWhatHasNoValueIsAskedFor()
    {
        QCOMPARE(names(commandInputs(state(), backup(), kProcess)),
                 (QStringList{u"<account>"_s, u"BACKUP_ID"_s, u"DB_PASSWORD"_s}));
        RunState later = state();
        later.variables.insert(u"BACKUP_ID"_s,
                               {.value = u"7"_s, .declaration = u"declare -- BACKUP_ID=\"7\""_s});
        later.environment.variables.insert(u"DB_PASSWORD"_s, u"x"_s);
        QCOMPARE(names(commandInputs(later, backup(), kProcess)), QStringList{u"<account>"_s});
    }

    void secretThatAnEarlierCommandLeftIsAskedForAgain()
    {
        RunState later = state();
        later.variables.insert(u"DB_PASSWORD"_s,
                               {.value = kMaskedValue.toString()}); // restored by nothing
        const QList<CommandInput> inputs = commandInputs(later, backup(), kProcess);
        QVERIFY(names(inputs).contains(u"DB_PASSWORD"_s));
        QCOMPARE(inputs.constLast().origin, CommandInput::Origin::NotKept);
        QCOMPARE(inputs.constLast().proposal, QString());
    }

    void sqlReadsNoShellVariables()
    {
        Command sql = backup();
        sql.language = CommandLanguage::Sql;
        QCOMPARE(names(commandInputs(state(), sql, kProcess)), QStringList{u"<account>"_s});
    }

    void proposalsComeFromTheRunThenFromTheEnvironment()
    {
        using Origin = CommandInput::Origin;
        RunState known = state();
        const auto proposed = [&known] { return commandInputs(known, backup(), kProcess).at(0); };
        QCOMPARE(proposed().origin, Origin::None);
        known.environment.variables.insert(u"ACCOUNT"_s, u"from-environment"_s);
        QCOMPARE(proposed().proposal, u"from-environment"_s);
        QCOMPARE(proposed().origin, Origin::Environment);
        known.variables.insert(
            u"ACCOUNT"_s, {.value = u"from-run"_s, .declaration = u"declare -- ACCOUNT=\"x\""_s});
        QCOMPARE(proposed().proposal, u"from-run"_s);
        QCOMPARE(proposed().origin, Origin::RunVariable);
        known.answers.insert(u"ACCOUNT"_s, u"given"_s);
        QCOMPARE(proposed().proposal, u"given"_s);
        QCOMPARE(proposed().origin, Origin::Remembered);
    }

    void secretNamesAreMarked()
    {
        const QList<CommandInput> inputs = commandInputs(state(), backup(), kProcess);
        QVERIFY(!inputs.at(1).secret);
        QVERIFY(inputs.at(2).secret);
    }

    void answersGoIntoTheTextOrIntoVariables()
    {
        const auto prepared = prepareCommand(
            state(), backup(),
            {{u"<account>"_s, u"my shop"_s}, {u"BACKUP_ID"_s, u"7"_s}, {u"DB_PASSWORD"_s, u"s3"_s}},
            kProcess);
        QVERIFY(prepared.hasValue());
        QCOMPARE(prepared->text,
                 u"backup 'my shop' \"$HOME\" \"$BACKUP_ID\" \"$DB_PASSWORD\" \"$PGHOST\""_s);
        QCOMPARE(prepared->variables, (QMap<QString, QString>{{u"BACKUP_ID"_s, u"7"_s}}));
        QCOMPARE(prepared->secrets, (QMap<QString, QString>{{u"DB_PASSWORD"_s, u"s3"_s}}));
        QCOMPARE(prepared->warnings.size(), 1);
        QVERIFY(prepared->warnings.constFirst().contains(u"DB_PASSWORD has fewer than 8"_s));
        QCOMPARE(
            prepared->answers,
            (QMap<QString, QString>{{u"<account>"_s, u"my shop"_s}, {u"BACKUP_ID"_s, u"7"_s}}));
        QCOMPARE(prepared->secretAnswers, QStringList{u"DB_PASSWORD"_s});
        QVERIFY(prepared->open.isEmpty());
    }

    void whatHasNoAnswerStaysOpen()
    {
        const auto prepared =
            prepareCommand(state(), backup(), {{u"BACKUP_ID"_s, u"7"_s}}, kProcess);
        QCOMPARE(prepared->open, (QStringList{u"<account>"_s, u"DB_PASSWORD"_s}));
        QVERIFY(prepared->text.contains(u"<account>"_s));
    }

    void variableThatHoldsAPasswordIsNotWrittenDown()
    {
        const auto prepared = prepareCommand(state(), backup(),
                                             {{u"BACKUP_ID"_s, u"postgres://a:b@c/d"_s}}, kProcess);
        QCOMPARE(prepared->secretAnswers, QStringList{u"BACKUP_ID"_s});
        QVERIFY(prepared->answers.isEmpty());
    }

    void answerToSomethingElseIsLeftOut()
    {
        const auto prepared =
            prepareCommand(state(), {.text = u"true"_s}, {{u"PATH"_s, u"/tmp"_s}}, kProcess);
        QVERIFY(prepared->variables.isEmpty());
        QVERIFY(prepared->answers.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestCommandInputs)
#include "tst_commandinputs.moc"
