// SPDX-License-Identifier: Apache-2.0
#include "exec/shelldeclaration.h"

#include <QByteArrayView>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

bool isNameByte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

bool isOctal(char c)
{
    return c >= '0' && c <= '7';
}

/// Reads bash's own quoting: "…" with \" \\ \$ \`, $'…' with C escapes, and bare words.
class Reader
{
public:
    explicit Reader(const QByteArray &text)
        : m_text(text)
    {
    }

    [[nodiscard]] bool atEnd() const { return m_at >= m_text.size(); }
    [[nodiscard]] qsizetype position() const { return m_at; }
    [[nodiscard]] QByteArray from(qsizetype start) const { return m_text.mid(start, m_at - start); }
    [[nodiscard]] char peek() const { return atEnd() ? '\0' : m_text.at(m_at); }

    bool take(QByteArrayView expected)
    {
        if (!QByteArrayView(m_text).sliced(m_at).startsWith(expected))
            return false;
        m_at += expected.size();
        return true;
    }

    template <typename Predicate>
    QByteArray takeWhile(Predicate predicate)
    {
        const qsizetype start = m_at;
        while (!atEnd() && predicate(m_text.at(m_at)))
            ++m_at;
        return from(start);
    }

    void skipLine()
    {
        const qsizetype end = m_text.indexOf('\n', m_at);
        m_at = end < 0 ? m_text.size() : end + 1;
    }

    /// One value as it stands after the equals sign; nothing when bash would expand it.
    std::optional<QByteArray> takeValue()
    {
        if (peek() == '(')
            return takeArray();
        QByteArray value;
        while (!atEnd() && peek() != '\n') {
            const std::optional<QByteArray> piece = takePiece();
            if (!piece)
                return std::nullopt;
            value += *piece;
        }
        return value;
    }

private:
    std::optional<QByteArray> takePiece()
    {
        if (take("$'"))
            return takeAnsi();
        if (take("\""))
            return takeDouble();
        const char c = peek();
        if (!isNameByte(c) && !QByteArrayView("-+./:,@%=").contains(c))
            return std::nullopt;
        ++m_at;
        return QByteArray(1, c);
    }

    std::optional<QByteArray> takeDouble()
    {
        QByteArray value;
        while (!atEnd()) {
            const char c = m_text.at(m_at++);
            if (c == '"')
                return value;
            if (c == '$' || c == '`')
                return std::nullopt;
            if (c == '\\' && QByteArrayView("\"\\$`").contains(peek()) && !atEnd())
                value += m_text.at(m_at++);
            else
                value += c;
        }
        return std::nullopt;
    }

    std::optional<QByteArray> takeAnsi()
    {
        QByteArray value;
        while (!atEnd()) {
            const char c = m_text.at(m_at++);
            if (c == '\'')
                return value;
            if (c != '\\')
                value += c;
            else if (!atEnd())
                value += takeEscape();
        }
        return std::nullopt;
    }

    char takeEscape()
    {
        if (isOctal(peek())) {
            int number = 0;
            for (int digits = 0; digits < 3 && isOctal(peek()); ++digits)
                number = number * 8 + (m_text.at(m_at++) - '0');
            return static_cast<char>(number);
        }
        constexpr QByteArrayView kLetters = "abeEfnrtv";
        constexpr QByteArrayView kBytes = "\a\b\033\033\f\n\r\t\v";
        const char c = m_text.at(m_at++);
        const qsizetype letter = kLetters.indexOf(c);
        return letter < 0 ? c : kBytes.at(letter);
    }

    /// Checks each word and answers them as written, without the brackets.
    std::optional<QByteArray> takeArray()
    {
        take("(");
        const qsizetype start = m_at;
        while (!atEnd() && peek() != ')') {
            if (take(" ") || take("[") || take("]"))
                continue;
            if (peek() == '\n' || !takePiece())
                return std::nullopt;
        }
        const QByteArray words = from(start).trimmed();
        return take(")") ? std::optional(words) : std::nullopt;
    }

    const QByteArray &m_text;
    qsizetype m_at = 0;
};

std::optional<ShellDeclaration> readDeclaration(Reader &reader)
{
    const qsizetype start = reader.position();
    if (!reader.take("declare -"))
        return std::nullopt;
    ShellDeclaration declaration;
    declaration.flags = QString::fromLatin1(
        reader.takeWhile([](char c) { return c == '-' || (isNameByte(c) && c != '_'); }));
    declaration.flags.remove(u'-');
    if (!reader.take(" "))
        return std::nullopt;
    declaration.name = QString::fromLatin1(reader.takeWhile(isNameByte));
    if (declaration.name.isEmpty() || declaration.name.front().isDigit())
        return std::nullopt;
    if (reader.take("=")) {
        const std::optional<QByteArray> value = reader.takeValue();
        if (!value)
            return std::nullopt;
        declaration.value = QString::fromUtf8(*value);
    }
    declaration.source = QString::fromUtf8(reader.from(start));
    if (!reader.atEnd() && !reader.take("\n"))
        return std::nullopt;
    return declaration;
}

} // namespace

QList<ShellDeclaration> parseDeclarations(const QByteArray &text)
{
    QList<ShellDeclaration> declarations;
    Reader reader(text);
    while (!reader.atEnd()) {
        if (auto declaration = readDeclaration(reader))
            declarations.append(std::move(*declaration));
        else
            reader.skipLine();
    }
    return declarations;
}

std::optional<ShellDeclaration> parseDeclaration(const QString &text)
{
    const QByteArray bytes = text.toUtf8();
    Reader reader(bytes);
    auto declaration = readDeclaration(reader);
    return reader.atEnd() ? declaration : std::nullopt;
}

} // namespace runsheet
