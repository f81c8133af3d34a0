// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace runsheet
{

/// An expected failure, worded for the person at the keyboard.
struct Error
{
    enum class Kind
    {
        Invalid, ///< input that breaks a rule; the message names the rule
        NotFound,
        Unreadable,
        Unwritable,
        Corrupt, ///< stored data that fails its own checks
        Refused, ///< the rules do not allow it now
        Unavailable, ///< a server, program or display that is not there
        Internal,
    };

    Kind kind = Kind::Internal;
    QString message; ///< what happened and what to do about it: one or two whole sentences
    QString detail; ///< raw text of the cause (server message, errno text); may be empty

    bool operator==(const Error &) const = default;
};

/// What the rules do not allow now.
[[nodiscard]] Error refusal(const QString &message);

/// Message and detail on one line, for the command line and the log.
[[nodiscard]] QString describe(const Error &error);

} // namespace runsheet
