// SPDX-License-Identifier: Apache-2.0
#include "record/pdfreport.h"

#include "record/pdfpages.h"

#include <QBuffer>
#include <QGuiApplication>
#include <QPageSize>
#include <QPdfWriter>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

constexpr int kDotsPerInch = 96;
constexpr double kMarginMm = 14;

/// Draws the document into the buffer; answers how many pages it took.
int drawPages(const Document &document, QByteArray &bytes, int totalPages)
{
    bytes.clear();
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QPdfWriter writer(&buffer);
    writer.setTitle(document.title);
    writer.setCreator(u"Runsheet"_s);
    writer.setResolution(kDotsPerInch);
    writer.setPageSize(QPageSize(QPageSize::A4));
    writer.setPageMargins({kMarginMm, kMarginMm, kMarginMm, kMarginMm}, QPageLayout::Millimeter);
    PdfPages pages(writer, document, totalPages);
    pages.addBlocks();
    return pages.pages();
}

} // namespace

Result<QByteArray> renderPdf(const Report &report)
{
    if (qobject_cast<QGuiApplication *>(QCoreApplication::instance()) == nullptr)
        return Error{.kind = Error::Kind::Unavailable,
                     .message =
                         u"A PDF needs the graphical part of the program. Export HTML instead, "
                         "or set QT_QPA_PLATFORM=offscreen."_s,
                     .detail = {}};
    const Document document = documentOf(report);
    QByteArray bytes;
    const int pages = drawPages(document, bytes, 0);
    drawPages(document, bytes, pages);
    return bytes;
}

} // namespace runsheet
