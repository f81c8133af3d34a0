// SPDX-License-Identifier: Apache-2.0
// Breaks the layers on purpose: the layer test must find both lines.
#include "monitor/monitorservice.h"

#include <pqxx/pqxx>
