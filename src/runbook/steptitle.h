// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include <string_view>

namespace runsheet
{

/// "Step 3: Create snapshot".
[[nodiscard]] bool isStepHeading(const QString &heading);
/// "1. Backup database", "2) Check".
[[nodiscard]] bool isNumberedHeading(const QString &heading);
/// "Expected output:" and the like, with nothing else on the line.
[[nodiscard]] bool isExpectationLabel(const QString &text);

/// A title without the box drawn before it, which may be ticked: "☑ a" → "a".
struct DrawnBox
{
    QString text;
    bool checked = false;
};
[[nodiscard]] DrawnBox withoutBox(const QString &text);
/// "-[ ] a", "*[x] a".
[[nodiscard]] bool isBrokenTask(std::string_view text);

/// One line, without the colon that led to what stands below.
[[nodiscard]] QString cleanTitle(const QString &text);
/// "reviewed by 2+ engineers" → 2; 1 when nothing is said.
[[nodiscard]] int signOffsAskedFor(const QString &title);
[[nodiscard]] bool isMarkedOptional(const QString &title);

} // namespace runsheet
