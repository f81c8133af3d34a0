// SPDX-License-Identifier: Apache-2.0
#include "runbook/parser.h"

#include "base/sha256.h"
#include "runbook/limits.h"
#include "runbook/markdowntree.h"
#include "runbook/runbookbuilder.h"
#include "runbook/sectionreader.h"
#include "runbook/sourcetext.h"

#include <QFile>
#include <QFileInfo>

#include <string_view>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

/// The first level-1 heading names the runbook, unless the file has several and the first one is
/// a phase itself.
cmark_node *findTitle(cmark_node *document, const PhaseRules &rules)
{
    cmark_node *title = nullptr;
    for (cmark_node *node = markdown::firstChild(document); node != nullptr;
         node = markdown::next(node)) {
        if (markdown::kindOf(node) != markdown::Kind::Heading || markdown::headingLevel(node) != 1)
            continue;
        if (title == nullptr) {
            title = node;
            continue;
        }
        return rules.matchInside(markdown::plainText(title), u"top"_s).rule == nullptr ? title
                                                                                       : nullptr;
    }
    return title;
}

QString titleFrom(cmark_node *heading, const QString &fileName)
{
    const QString title = heading != nullptr ? markdown::plainText(heading) : QString();
    return title.isEmpty() ? QFileInfo(fileName).completeBaseName() : title;
}

/// The C library is several times faster here than Qt.
bool holdsAnnotations(const QByteArray &utf8)
{
    return std::string_view(utf8.constData(), static_cast<size_t>(utf8.size())).find("runsheet:")
        != std::string_view::npos;
}

Error cannotRead(Error::Kind kind, const QString &fileName, const QString &problem,
                 const QString &detail = {})
{
    return {kind, u"The runbook %1 %2"_s.arg(fileName, problem), detail};
}

} // namespace

Runbook parseRunbook(const QByteArray &source, const QString &fileName, const PhaseRules &rules)
{
    SourceText text = decodeSource(source);
    const markdown::Tree document(
        text.utf8, text.hasWideTable ? markdown::Tables::Ignored : markdown::Tables::Read);
    Runbook runbook;
    runbook.fileName = fileName;
    runbook.source = source;
    runbook.sha256 = sha256Hex(source);
    runbook.counts = markdown::countElements(document.get());
    runbook.diagnostics = std::move(text.diagnostics);
    cmark_node *heading = findTitle(document.get(), rules);
    runbook.title = titleFrom(heading, fileName);
    const QString title = runbook.title;
    RunbookBuilder builder(std::move(runbook));
    SectionReader reader(rules, builder, holdsAnnotations(text.utf8));
    reader.setUnclosedFence(markdown::unclosedFence(document.get(), text.utf8));
    reader.readFrontMatter(text.frontMatter, title);
    reader.read(document.get(), heading, title);
    return builder.finish();
}

Result<Runbook> loadRunbook(const QString &fileName, const PhaseRules &rules)
{
    const QFileInfo info(fileName);
    if (!info.exists())
        return cannotRead(Error::Kind::NotFound, fileName, u"does not exist. Check the path."_s);
    if (info.isDir())
        return cannotRead(Error::Kind::Unreadable, fileName,
                          u"is a folder. Name a markdown file."_s);
    QFile file(fileName);
    if (!file.open(QIODevice::ReadOnly))
        return cannotRead(Error::Kind::Unreadable, fileName,
                          u"cannot be read. Check its permissions."_s, file.errorString());
    // One byte more than allowed is enough to know that the file is too large.
    const QByteArray source = file.read(limits::kMaxSourceBytes + 1);
    if (file.error() != QFileDevice::NoError)
        return cannotRead(Error::Kind::Unreadable, fileName, u"cannot be read."_s,
                          file.errorString());
    return parseRunbook(source, fileName, rules);
}

} // namespace runsheet
