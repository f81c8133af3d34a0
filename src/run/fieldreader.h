// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.h"
#include "base/ids.h"
#include "run/words.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QMap>

namespace runsheet
{

/// Reads the fields of a stored object and remembers the first that is missing or of the wrong
/// kind, so that a reader of many fields checks once at its end.
class FieldReader
{
public:
    explicit FieldReader(QJsonObject object)
        : m_object(std::move(object))
    {
    }

    [[nodiscard]] const QString &problem() const { return m_problem; }

    [[nodiscard]] QString text(QLatin1StringView key)
    {
        return checked(key, QJsonValue::String).toString();
    }
    [[nodiscard]] qint64 integer(QLatin1StringView key)
    {
        return checked(key, QJsonValue::Double).toInteger();
    }
    [[nodiscard]] int smallInteger(QLatin1StringView key) { return static_cast<int>(integer(key)); }
    [[nodiscard]] bool boolean(QLatin1StringView key)
    {
        return checked(key, QJsonValue::Bool).toBool();
    }
    [[nodiscard]] QJsonObject object(QLatin1StringView key)
    {
        return checked(key, QJsonValue::Object).toObject();
    }
    [[nodiscard]] QDateTime time(QLatin1StringView key) { return fromIsoUtc(text(key)); }
    template <typename Id>
    [[nodiscard]] Id id(QLatin1StringView key)
    {
        return Id{text(key)};
    }
    [[nodiscard]] QStringList texts(QLatin1StringView key)
    {
        QStringList out;
        for (const auto &item : checked(key, QJsonValue::Array).toArray())
            out += item.toString();
        return out;
    }
    [[nodiscard]] QList<qint64> integers(QLatin1StringView key)
    {
        QList<qint64> out;
        for (const auto &item : checked(key, QJsonValue::Array).toArray())
            out += item.toInteger();
        return out;
    }
    /// Each item is read by `read`; the first problem in one of them is this reader's.
    template <typename Item>
    [[nodiscard]] QList<Item> items(QLatin1StringView key, Item (*read)(FieldReader &))
    {
        QList<Item> out;
        for (const auto &item : checked(key, QJsonValue::Array).toArray()) {
            FieldReader in(item.toObject());
            out += read(in);
            if (!in.m_problem.isEmpty() && m_problem.isEmpty())
                m_problem = in.m_problem;
        }
        return out;
    }
    [[nodiscard]] QMap<QString, QString> textMap(QLatin1StringView key)
    {
        QMap<QString, QString> out;
        const QJsonObject map = checked(key, QJsonValue::Object).toObject();
        for (auto it = map.begin(); it != map.end(); ++it)
            out.insert(it.key(), it.value().toString());
        return out;
    }
    /// For fields that events of an older version do not have.
    [[nodiscard]] bool has(QLatin1StringView key) const { return m_object.contains(key); }
    template <typename Enum, size_t Count>
    [[nodiscard]] Enum word(QLatin1StringView key, const Words<Enum, Count> &words)
    {
        const std::optional<Enum> value = words.value(text(key));
        if (!value)
            note(key);
        return value.value_or(words.table.front().first);
    }

private:
    QJsonValue checked(QLatin1StringView key, QJsonValue::Type type)
    {
        QJsonValue value = m_object.value(key);
        if (value.type() != type)
            note(key);
        return value;
    }
    void note(QLatin1StringView key)
    {
        if (m_problem.isEmpty())
            m_problem = key.toString();
    }

    QJsonObject m_object;
    QString m_problem;
};

} // namespace runsheet
