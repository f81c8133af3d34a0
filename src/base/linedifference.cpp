// SPDX-License-Identifier: Apache-2.0
#include "base/linedifference.h"

#include <algorithm>
#include <span>
#include <vector>

namespace runsheet
{

namespace
{

using Kind = DifferenceLine::Kind;
using Lines = std::span<const QString>;

constexpr int kMostChanges = 400; // bounds time and memory: changes × lines, changes²

/// For each number of changes, how far each diagonal gets; diagonal k is at index k + offset.
using Trace = std::vector<std::vector<int>>;

int sizeOf(Lines lines)
{
    return static_cast<int>(lines.size());
}

size_t asIndex(int index)
{
    return static_cast<size_t>(index);
}

/// One round of Myers' greedy algorithm; true when both ends are reached.
bool extend(std::vector<int> &furthest, int changes, int offset, Lines before, Lines after)
{
    const auto at = [&](int k) -> int & { return furthest.at(asIndex(k + offset)); };
    for (int k = -changes; k <= changes; k += 2) {
        const bool down = k == -changes || (k != changes && at(k - 1) < at(k + 1));
        int x = down ? at(k + 1) : at(k - 1) + 1;
        int y = x - k;
        while (x < sizeOf(before) && y < sizeOf(after)
               && before[static_cast<size_t>(x)] == after[static_cast<size_t>(y)]) {
            ++x;
            ++y;
        }
        at(k) = x;
        if (x >= sizeOf(before) && y >= sizeOf(after))
            return true;
    }
    return false;
}

/// Empty when there are too many changes.
Trace traceOf(Lines before, Lines after)
{
    const int most = std::min(kMostChanges, sizeOf(before) + sizeOf(after));
    std::vector<int> furthest(static_cast<size_t>(2 * most + 3), 0);
    Trace trace;
    for (int changes = 0; changes <= most; ++changes) {
        trace.push_back(furthest);
        if (extend(furthest, changes, most + 1, before, after))
            return trace;
    }
    return {};
}

/// Removed and added lines, and the same ones between them.
struct Edit
{
    Kind kind;
    int line; ///< index in its text
};

std::vector<Edit> backtracked(const Trace &trace, Lines before, Lines after)
{
    const int offset = static_cast<int>(trace.front().size()) / 2;
    std::vector<Edit> edits;
    int x = sizeOf(before);
    int y = sizeOf(after);
    for (int changes = static_cast<int>(trace.size()) - 1; changes >= 0; --changes) {
        const std::vector<int> &furthest = trace[static_cast<size_t>(changes)];
        const auto at = [&](int k) { return furthest.at(asIndex(k + offset)); };
        const int k = x - y;
        const bool down = k == -changes || (k != changes && at(k - 1) < at(k + 1));
        const int fromX = changes == 0 ? 0 : at(down ? k + 1 : k - 1);
        const int fromY = changes == 0 ? 0 : fromX - (down ? k + 1 : k - 1);
        while (x > fromX && y > fromY) {
            --x;
            --y;
            edits.push_back({Kind::Same, y});
        }
        if (changes == 0)
            break;
        if (down)
            edits.push_back({Kind::Added, --y});
        else
            edits.push_back({Kind::Removed, --x});
    }
    std::ranges::reverse(edits);
    return edits;
}

std::vector<Edit> editsOf(Lines before, Lines after)
{
    const Trace trace = traceOf(before, after);
    if (!trace.empty())
        return backtracked(trace, before, after);
    std::vector<Edit> edits;
    edits.reserve(before.size() + after.size());
    for (int i = 0; i < sizeOf(before); ++i)
        edits.push_back({Kind::Removed, i});
    for (int i = 0; i < sizeOf(after); ++i)
        edits.push_back({Kind::Added, i});
    return edits;
}

/// Removed lines stand before the added ones of the same change.
void putRemovedFirst(std::vector<Edit> &edits)
{
    for (auto it = edits.begin(); it != edits.end();) {
        const auto end =
            std::find_if(it, edits.end(), [](const Edit &edit) { return edit.kind == Kind::Same; });
        std::stable_partition(it, end, [](const Edit &edit) { return edit.kind == Kind::Removed; });
        it = std::find_if(end, edits.end(),
                          [](const Edit &edit) { return edit.kind != Kind::Same; });
    }
}

/// Leaves out what is further than `context` lines from any change.
QList<DifferenceLine> withGaps(const QList<DifferenceLine> &all, int context)
{
    std::vector<bool> shown(static_cast<size_t>(all.size()), false);
    for (qsizetype i = 0; i < all.size(); ++i) {
        if (all.at(i).kind == Kind::Same)
            continue;
        const qsizetype from = std::max<qsizetype>(0, i - context);
        const qsizetype to = std::min(all.size() - 1, i + context);
        std::fill(shown.begin() + from, shown.begin() + to + 1, true);
    }
    QList<DifferenceLine> lines;
    for (qsizetype i = 0; i < all.size(); ++i) {
        if (shown[static_cast<size_t>(i)])
            lines += all.at(i);
        else if (lines.isEmpty() || lines.constLast().kind != Kind::Gap)
            lines += DifferenceLine{.kind = Kind::Gap, .text = {}, .line = 0};
    }
    return lines;
}

} // namespace

QList<DifferenceLine> lineDifference(const QString &before, const QString &after, int context)
{
    if (before == after)
        return {};
    const QStringList earlier = before.split(u'\n');
    const QStringList later = after.split(u'\n');
    const auto [endBefore, endAfter] = std::ranges::mismatch(earlier, later);
    const auto head = endBefore - earlier.begin();
    auto tail = std::min(earlier.size(), later.size()) - head;
    tail = std::mismatch(earlier.rbegin(), earlier.rbegin() + tail, later.rbegin()).first
        - earlier.rbegin();
    std::vector<Edit> edits =
        editsOf(Lines(earlier).subspan(static_cast<size_t>(head),
                                       static_cast<size_t>(earlier.size() - head - tail)),
                Lines(later).subspan(static_cast<size_t>(head),
                                     static_cast<size_t>(later.size() - head - tail)));
    putRemovedFirst(edits);
    QList<DifferenceLine> all;
    const auto addSame = [&](qsizetype index) {
        all += DifferenceLine{
            .kind = Kind::Same, .text = later.at(index), .line = static_cast<int>(index) + 1};
    };
    for (qsizetype i = 0; i < head; ++i)
        addSame(i);
    for (const Edit &edit : edits) {
        const qsizetype index = head + edit.line;
        const QStringList &source = edit.kind == Kind::Removed ? earlier : later;
        all += DifferenceLine{
            .kind = edit.kind, .text = source.at(index), .line = static_cast<int>(index) + 1};
    }
    for (qsizetype i = later.size() - tail; i < later.size(); ++i)
        addSame(i);
    return withGaps(all, context);
}

} // namespace runsheet
