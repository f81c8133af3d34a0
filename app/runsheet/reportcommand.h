// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/paths.h"

#include <QStringList>
#include <QTextStream>

namespace runsheet
{

/// `runsheet report RUN [--format json|html|pdf] [-o FILE]`. The arguments are those after the word
/// "report". Answers the exit code: 0 written, 1 written but the record is broken, 2 usage or
/// unreadable. PDF needs a QGuiApplication.
[[nodiscard]] int runReport(const QStringList &arguments, const Paths &paths, QTextStream &out,
                            QTextStream &err);

} // namespace runsheet
