// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <memory_resource>

namespace runsheet::markdown
{

/// Memory for one parsed document: many small pieces that come and go while it is read and end
/// together. Not thread-safe.
class TreeMemory
{
public:
    /// \p expected bytes are taken at once, more when they are needed.
    explicit TreeMemory(size_t expected)
        : m_memory(expected)
    {
    }

    [[nodiscard]] void *allocate(size_t size);
    /// Keeps what the piece holds; it may move.
    [[nodiscard]] void *grow(void *piece, size_t size);
    void release(void *piece); ///< for the next piece of that size; nullptr is fine

private:
    static constexpr size_t kStep = 8; ///< the library's structures hold nothing wider
    static constexpr size_t kSmallSizes = 64;

    /// Stands before each piece.
    struct Head
    {
        size_t steps;
    };
    /// Stands in a released one.
    struct Free
    {
        Free *next;
    };

    std::pmr::monotonic_buffer_resource m_memory;
    std::array<Free *, kSmallSizes> m_free{};
};

} // namespace runsheet::markdown
