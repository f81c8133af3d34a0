// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>

namespace runsheet::bench
{

/// About 1 MB with 2,000 steps, a quarter of them with commands, in the proportions of real
/// runbooks.
inline QByteArray largeRunbook()
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

} // namespace runsheet::bench
