// SPDX-License-Identifier: Apache-2.0
#include "report/report.h"

#include "base/text.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace runsheet
{

const LogExcerpt *Report::log(const ExecutionId &execution) const
{
    const auto it = std::ranges::find(logs, execution, &LogExcerpt::execution);
    return it == logs.end() ? nullptr : &*it;
}

QString Report::headline() const
{
    if (!finished)
        return u"INCOMPLETE: %1 of %2 closed"_s.arg(closedSteps)
            .arg(countOf(totalSteps, u"step"_s));
    if (deviations.isEmpty())
        return status + u" without deviations"_s;
    return status + u" with "_s + countOf(deviations.size(), u"deviation"_s);
}

} // namespace runsheet
