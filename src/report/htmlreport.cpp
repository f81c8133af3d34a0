// SPDX-License-Identifier: Apache-2.0
#include "report/htmlreport.h"

#include "report/chartsvg.h"
#include "report/document.h"
#include "report/html.h"

#include <QFile>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

QString toneClass(Tone tone)
{
    switch (tone) {
    case Tone::Plain:
        return {};
    case Tone::Dim:
        return u"dim"_s;
    case Tone::Strong:
        return u"strong"_s;
    case Tone::Ok:
        return u"ok"_s;
    case Tone::Warning:
        return u"warning"_s;
    case Tone::Bad:
        return u"bad"_s;
    }
    return {};
}

QString bandClass(const QString &colour)
{
    return colour == "red"_L1 || colour == "amber"_L1 ? colour : u"teal"_s;
}

QString open(QLatin1StringView tag, const Cell &cell)
{
    const QString classes = (toneClass(cell.tone) + (cell.mono ? u" mono"_s : QString())).trimmed();
    return classes.isEmpty() ? u"<%1>"_s.arg(tag) : u"<%1 class=\"%2\">"_s.arg(tag, classes);
}

QString multiLine(const QString &text)
{
    return escapeHtml(text).replace(u'\n', u"<br>"_s);
}

/// Writes one kind of block after another into the page.
class HtmlWriter
{
public:
    void operator()(const TitleBlock &block)
    {
        m_html +=
            u"<header><div class=\"top\"><span class=\"band %1\">%2</span>"
            "<span class=\"chip %3\">%4</span><span class=\"run\">%5</span></div>"
            "<h1>%6</h1><p class=\"subtitle\">%7</p></header>\n"_s.arg(
                bandClass(block.colour), escapeHtml(block.environment),
                toneClass(block.headlineTone), escapeHtml(block.headline),
                escapeHtml(block.runName), escapeHtml(block.title), escapeHtml(block.subtitle));
    }
    void operator()(const HeadingBlock &block)
    {
        m_html += u"<h%1>%2</h%1>\n"_s.arg(block.level + 1).arg(escapeHtml(block.text));
    }
    void operator()(const ParagraphBlock &block)
    {
        m_html += open("p"_L1, block.content) + multiLine(block.content.text) + u"</p>\n"_s;
    }
    void operator()(const FactsBlock &block)
    {
        m_html += u"<dl>"_s;
        for (const auto &[name, value] : block.facts)
            m_html += u"<div><dt>%1</dt>%2%3</dd></div>"_s.arg(
                escapeHtml(name), open("dd"_L1, value), multiLine(value.text));
        m_html += u"</dl>\n"_s;
    }
    void operator()(const TableBlock &block)
    {
        m_html += u"<table><colgroup>"_s;
        for (const int width : block.widths)
            m_html += u"<col style=\"width:%1%\">"_s.arg(width);
        m_html += u"</colgroup><thead><tr>"_s;
        for (const QString &header : block.headers)
            m_html += u"<th>"_s + escapeHtml(header) + u"</th>"_s;
        m_html += u"</tr></thead><tbody>\n"_s;
        for (const QList<Cell> &row : block.rows) {
            m_html += u"<tr>"_s;
            for (const Cell &cell : row)
                m_html += open("td"_L1, cell) + multiLine(cell.text) + u"</td>"_s;
            m_html += u"</tr>\n"_s;
        }
        m_html += u"</tbody></table>\n"_s;
    }
    void operator()(const CodeBlock &block)
    {
        m_html += block.isOutput ? u"<pre class=\"output\">"_s : u"<pre>"_s;
        m_html += escapeHtml(block.lines.join(u'\n')) + u"</pre>\n"_s;
    }
    void operator()(const ChartBlock &block)
    {
        m_html += u"<figure>"_s + QString::fromUtf8(chartSvg(block.chart)) + u"</figure>\n"_s;
    }
    void operator()(const StatementBlock &block)
    {
        m_html += u"<div class=\"card\">"_s;
        for (const auto &[name, sentences] : block.parts) {
            if (!sentences.isEmpty())
                m_html += u"<p><b>%1</b> %2</p>"_s.arg(escapeHtml(name),
                                                       escapeHtml(sentences.join(u' ')));
        }
        for (const QString &command : block.commands)
            m_html += u"<code>"_s + escapeHtml(command) + u"</code> "_s;
        m_html += u"</div>\n"_s;
    }

    [[nodiscard]] QString take() { return std::move(m_html); }

private:
    QString m_html;
};

QString styleSheet()
{
    QFile file(u":/runsheet/report/report.css"_s);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

} // namespace

QString escapeHtml(const QString &text)
{
    return text.toHtmlEscaped().replace(u'\'', u"&#39;"_s);
}

QByteArray renderHtml(const Report &report)
{
    const Document document = documentOf(report);
    HtmlWriter writer;
    for (const Block &block : document.blocks)
        std::visit(writer, block);
    const QString stamp =
        document.incomplete ? u"<div class=\"stamp\">INCOMPLETE</div>\n"_s : QString();
    return u"<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n"
           "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
           "style-src 'unsafe-inline'; img-src data:\">\n"
           "<meta name=\"viewport\" content=\"width=device-width\">\n"
           "<title>%1</title>\n<style>\n%2</style></head>\n<body>\n%3<main>\n%4</main>\n"
           "<footer>%5</footer>\n</body></html>\n"_s
               .arg(escapeHtml(document.title), styleSheet(), stamp, writer.take(),
                    escapeHtml(document.footer))
               .toUtf8();
}

} // namespace runsheet
