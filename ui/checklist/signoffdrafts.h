// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "run/rules.h"

#include <QHash>

namespace runsheet
{

/// What was typed for sign-offs and is not signed yet. Outlives the cards, which are made anew when
/// another phase is shown.
class SignOffDrafts
{
public:
    struct Draft
    {
        rules::SignOffRequest request;
        QString proposal; ///< what was proposed as the observed value, whatever stands there now
    };

    /// Drafts of another run go.
    void use(const RunId &run)
    {
        if (run != m_run)
            m_drafts.clear();
        m_run = run;
    }
    [[nodiscard]] std::optional<Draft> of(const StepId &step) const
    {
        const auto it = m_drafts.constFind(step);
        return it == m_drafts.cend() ? std::nullopt : std::optional(*it);
    }
    void keep(const Draft &draft) { m_drafts.insert(draft.request.step, draft); }
    void drop(const StepId &step) { m_drafts.remove(step); }

private:
    RunId m_run;
    QHash<StepId, Draft> m_drafts;
};

} // namespace runsheet
