// SPDX-License-Identifier: Apache-2.0
#include "runbook/lint.h"
#include "runbook/parser.h"

#include <cstdint>
#include <cstdlib>

using namespace runsheet;

namespace
{

/// What must hold for any bytes at all. Aborts, so that the fuzzer keeps the input.
void require(bool holds)
{
    if (!holds)
        std::abort();
}

void requireWholeModel(const Runbook &runbook)
{
    for (const Phase &phase : runbook.phases) {
        require(runbook.phase(phase.id) == &phase);
        for (const Step &step : phase.steps) {
            require(!step.title.isEmpty() && runbook.step(step.id) == &step);
            require(step.parent.value.isEmpty() || runbook.step(step.parent) != nullptr);
            for (const Command &command : step.commands)
                require(!command.text.isEmpty() && runbook.command(command.id) == &command);
        }
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray source(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    const Runbook runbook = parseRunbook(source, QStringLiteral("fuzz.md"));
    require(runbook.source == source);
    requireWholeModel(runbook);
    static_cast<void>(lint(runbook));
    return 0;
}
