// SPDX-License-Identifier: Apache-2.0
#include "runbook/parser.h"
#include "support/benchreport.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>

#include <cstdlib>

using namespace Qt::StringLiterals;
using namespace runsheet;

namespace
{

constexpr int kRounds = 9;
constexpr double kAim = 2.0;

/// About 1 MB with 2,000 steps, half of them with commands, in the proportions of real runbooks.
QByteArray largeRunbook()
{
    QByteArray markdown = "# Large migration\n\n## Migration Execution\n\n";
    for (int i = 1; i <= 500; ++i) {
        const QByteArray number = QByteArray::number(i);
        markdown += "### Step " + number + ": Migrate part " + number + "\n\n"
            + "Some **text** with `code` and [a link](https://example.com/" + number + "). "
            + QByteArray("It says what to look at and why. ").repeated(12)
            + "\n\n```bash\n# Check part " + number
            + "\npsql \"$DATABASE_URL\" -c \"select count(*) from part_" + number
            + "\"\n\n# Migrate it\nnpm run migrate -- --part " + number
            + " | tee part.log\n```\n\n";
        for (int j = 1; j <= 3; ++j)
            markdown += "- [ ] Verify aspect " + QByteArray::number(j) + " of part " + number
                + "\n\n  "
                + QByteArray("Explain **why** this matters, at some length. ").repeated(10) + "\n";
        markdown += '\n';
    }
    return markdown;
}

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
    const QByteArray markdown = largeRunbook();
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
