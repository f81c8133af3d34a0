// SPDX-License-Identifier: Apache-2.0
#include "models/outputcomparison.h"

#include "base/text.h"
#include "output/plainlines.h"

using namespace Qt::StringLiterals;

namespace runsheet
{

QList<Expectation> expectationsOf(const Step &step, const CommandId &command)
{
    QList<Expectation> out;
    for (const Expectation &expectation : step.expectations) {
        if (expectation.command == command)
            out += expectation;
    }
    return out;
}

Result<ExpectationMatch> compareOutput(const QString &file, const QList<Expectation> &expectations)
{
    const Result<PlainLines> output = readPlainLines(file, kMaxComparedBytes, kMaxComparedLines);
    if (!output)
        return output.error();
    Expectation whole = expectations.value(0);
    for (qsizetype i = 1; i < expectations.size(); ++i) // blocks that follow each other
        whole.text += u'\n' + expectations.at(i).text;
    ExpectationMatch match = matchExpectation(whole, output->lines);
    match.wasCut = match.wasCut || output->wasCut;
    return match;
}

OutputCompared verdictOf(const ExecutionId &execution, const Result<ExpectationMatch> &match)
{
    OutputCompared verdict{.execution = execution, .matches = false, .finding = {}};
    if (!match) {
        verdict.finding = u"output not compared: "_s + match.error().message;
        return verdict;
    }
    verdict.matches = match->matches();
    verdict.differences = match->differences();
    verdict.finding = verdict.matches
        ? u"output as expected"_s
        : u"output differs in %1"_s.arg(countOf(verdict.differences, u"line"_s));
    if (match->wasCut)
        verdict.finding += u" (only its beginning was compared)"_s;
    return verdict;
}

} // namespace runsheet
