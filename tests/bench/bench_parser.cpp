// SPDX-License-Identifier: Apache-2.0
#include "runbook/parser.h"
#include "support/benchreport.h"
#include "support/largerunbook.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>

#include <cstdlib>

using namespace Qt::StringLiterals;
using namespace runsheet;

namespace
{

constexpr int kRounds = 9;
constexpr double kAim = 2.0;

/// Parses and frees, nothing else.
void bareParse(const QByteArray &markdown)
{
    cmark_parser *parser = cmark_parser_new(CMARK_OPT_DEFAULT);
    for (const char *extension : {"table", "tasklist"})
        cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension(extension));
    cmark_parser_feed(parser, markdown.constData(), static_cast<size_t>(markdown.size()));
    cmark_node *document = cmark_parser_finish(parser);
    cmark_node_free(document);
    cmark_parser_free(parser);
}

} // namespace

int main()
{
    const QByteArray markdown = bench::largeRunbook();
    cmark_gfm_core_extensions_ensure_registered();
    if (parseRunbook(markdown, u"large.md"_s).signableSteps() < 1'500)
        return EXIT_FAILURE;
    std::vector<double> ours;
    std::vector<double> bare;
    for (int round = 0; round < kRounds; ++round) {
        bare.push_back(bench::milliseconds([&markdown] { bareParse(markdown); }));
        ours.push_back(bench::milliseconds(
            [&markdown] { static_cast<void>(parseRunbook(markdown, u"large.md"_s)); }));
    }
    const double value = bench::median(ours);
    const double reference = bench::median(bare);
    bench::report({.name = u"runbook of %1 MB with 2,000 steps"_s.arg(
                       static_cast<double>(markdown.size()) / 1e6, 0, 'f', 1),
                   .value = value,
                   .unit = u"ms"_s,
                   .reference = u"bare cmark-gfm"_s,
                   .referenceValue = reference,
                   .aim = u"≤ 2×"_s,
                   .met = value <= kAim * reference});
    return EXIT_SUCCESS;
}
