// SPDX-License-Identifier: Apache-2.0
#include "base/json.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

QString escaped(const QString &text)
{
    QString out;
    out.reserve(text.size() + 2);
    for (const QChar unit : text) {
        switch (unit.unicode()) {
        case u'"':
            out += u"\\\""_s;
            break;
        case u'\\':
            out += u"\\\\"_s;
            break;
        case u'\b':
            out += u"\\b"_s;
            break;
        case u'\f':
            out += u"\\f"_s;
            break;
        case u'\n':
            out += u"\\n"_s;
            break;
        case u'\r':
            out += u"\\r"_s;
            break;
        case u'\t':
            out += u"\\t"_s;
            break;
        default:
            if (unit.unicode() < 0x20)
                out += u"\\u%1"_s.arg(unit.unicode(), 4, 16, QLatin1Char('0'));
            else
                out += unit;
        }
    }
    return out;
}

void write(QByteArray &out, const QJsonValue &value)
{
    switch (value.type()) {
    case QJsonValue::Null:
    case QJsonValue::Undefined:
        out += "null";
        break;
    case QJsonValue::Bool:
        out += value.toBool() ? "true" : "false";
        break;
    case QJsonValue::Double:
        Q_ASSERT(value.toDouble() == static_cast<double>(value.toInteger()));
        out += QByteArray::number(value.toInteger());
        break;
    case QJsonValue::String:
        out += '"' + escaped(value.toString()).toUtf8() + '"';
        break;
    case QJsonValue::Array: {
        out += '[';
        const char *separator = "";
        for (const QJsonValue item : value.toArray()) {
            out += separator;
            write(out, item);
            separator = ",";
        }
        out += ']';
        break;
    }
    case QJsonValue::Object: {
        // QJsonObject keeps its keys sorted by UTF-16 code unit, which is the order RFC 8785 asks
        // for.
        const QJsonObject object = value.toObject();
        out += '{';
        const char *separator = "";
        for (auto it = object.begin(); it != object.end(); ++it) {
            out += separator;
            out += '"' + escaped(it.key()).toUtf8() + "\":";
            write(out, it.value());
            separator = ",";
        }
        out += '}';
        break;
    }
    }
}

} // namespace

QByteArray canonicalJson(const QJsonValue &value)
{
    QByteArray out;
    write(out, value);
    return out;
}

Result<QJsonObject> parseJsonObject(const QByteArray &bytes)
{
    QJsonParseError problem;
    const QJsonDocument document = QJsonDocument::fromJson(bytes, &problem);
    if (problem.error != QJsonParseError::NoError)
        return Error{.kind = Error::Kind::Corrupt,
                     .message = u"This is not valid JSON (at byte %1)."_s.arg(problem.offset),
                     .detail = problem.errorString()};
    if (!document.isObject())
        return Error{.kind = Error::Kind::Corrupt,
                     .message = u"This JSON is not an object."_s,
                     .detail = {}};
    return document.object();
}

} // namespace runsheet
