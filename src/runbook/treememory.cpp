// SPDX-License-Identifier: Apache-2.0
#include "runbook/treememory.h"

#include <algorithm>
#include <cstring>
#include <new>
#include <utility>

namespace runsheet::markdown
{

void *TreeMemory::allocate(size_t size)
{
    const size_t steps = std::max<size_t>(1, (size + kStep - 1) / kStep);
    if (steps < kSmallSizes && m_free[steps] != nullptr)
        return std::exchange(m_free[steps], m_free[steps]->next);
    void *memory = m_memory.allocate(sizeof(Head) + steps * kStep, kStep);
    return new (memory) Head{.steps = steps} + 1;
}

void *TreeMemory::grow(void *piece, size_t size)
{
    if (piece == nullptr)
        return allocate(size);
    const size_t held = (static_cast<const Head *>(piece) - 1)->steps * kStep;
    if (size <= held)
        return piece;
    void *larger = std::memcpy(allocate(size), piece, held);
    release(piece);
    return larger;
}

void TreeMemory::release(void *piece)
{
    if (piece == nullptr)
        return;
    const size_t steps = (static_cast<const Head *>(piece) - 1)->steps;
    if (steps < kSmallSizes)
        m_free[steps] = new (piece) Free{.next = m_free[steps]};
}

} // namespace runsheet::markdown
