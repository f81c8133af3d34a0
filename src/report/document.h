// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "report/report.h"

#include <variant>

namespace runsheet
{

// The report laid out as a list of blocks, once for every rendering. Plain text throughout: a
// rendering escapes it, and nothing in it is ever markup.

enum class Tone
{
    Plain,
    Dim,
    Strong,
    Ok,
    Warning,
    Bad
};

struct Cell
{
    QString text;
    Tone tone = Tone::Plain;
    bool mono = false;
};

struct TitleBlock
{
    QString environment; ///< "PRODUCTION"
    QString colour; ///< of the band: "red", "amber", "teal"
    QString headline;
    Tone headlineTone = Tone::Plain;
    QString runName; ///< "Run 14 · change CHG-2231"
    QString title;
    QString subtitle;
};
struct HeadingBlock
{
    QString text;
    int level = 1;
};
struct ParagraphBlock
{
    Cell content;
};
/// Pairs, two to a row.
struct FactsBlock
{
    QList<std::pair<QString, Cell>> facts;
};
struct TableBlock
{
    QStringList headers;
    QList<int> widths; ///< per cent, together 100
    QList<QList<Cell>> rows;
};
struct CodeBlock
{
    QStringList lines;
    bool isOutput = false; ///< of a command, not what was run
};
struct ChartBlock
{
    ReportChart chart;
};
/// The closing box: lists under bold words.
struct StatementBlock
{
    QList<std::pair<QString, QStringList>> parts;
    QStringList commands;
};

using Block = std::variant<TitleBlock, HeadingBlock, ParagraphBlock, FactsBlock, TableBlock,
                           CodeBlock, ChartBlock, StatementBlock>;

struct Document
{
    QString title; ///< for the file's metadata
    QString footer; ///< "Runsheet 0.1.0 · JSON 4be1…90ac"
    bool incomplete = false; ///< stamped on every page
    QList<Block> blocks;
};

[[nodiscard]] Document documentOf(const Report &report);

} // namespace runsheet
