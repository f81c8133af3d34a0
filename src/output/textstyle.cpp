// SPDX-License-Identifier: Apache-2.0
#include "output/textstyle.h"

#include <algorithm>
#include <array>

namespace runsheet
{

namespace
{

constexpr int kPaletteSize = 256;

/// A parameter that ':' joins to the one before belongs to it (ISO 8613-6): "4:3" is a curly
/// underline, not "4" and "3".
struct Parameter
{
    int value = 0;
    bool isSub = false;
};

/// More than any program sends; what comes after them is left out.
constexpr size_t kMaxParameters = 32;

/// Without heap: output in full colour has several sequences for each word.
class Parameters
{
public:
    explicit Parameters(QByteArrayView text)
    {
        for (const char c : text) {
            if (c == ';' || c == ':')
                append(c == ':');
            else if (c >= '0' && c <= '9')
                last().value = std::min(last().value * 10 + (c - '0'), 99'999);
        }
    }

    [[nodiscard]] qsizetype size() const { return static_cast<qsizetype>(m_size); }
    const Parameter &operator[](qsizetype at) const { return m_all[static_cast<size_t>(at)]; }

private:
    Parameter &last() { return m_all[m_size - 1]; }
    void append(bool isSub)
    {
        if (m_size < kMaxParameters)
            m_all[m_size++] = {0, isSub};
        else
            last() = {};
    }

    std::array<Parameter, kMaxParameters> m_all;
    size_t m_size = 1;
};

TextColour rgb(int red, int green, int blue)
{
    const auto channel = [](int value) { return static_cast<quint32>(std::clamp(value, 0, 255)); };
    return {TextColour::Kind::Rgb, channel(red) << 16 | channel(green) << 8 | channel(blue)};
}

TextColour palette(int index)
{
    return {TextColour::Kind::Palette,
            static_cast<quint32>(std::clamp(index, 0, kPaletteSize - 1))};
}

/// Reads the colour after a 38 or 48 at `at`, and moves `at` to its last parameter.
void readColour(const Parameters &parameters, qsizetype &at, TextColour &colour)
{
    const auto value = [&](qsizetype index) {
        return index < parameters.size() ? parameters[index].value : 0;
    };
    const bool joined = at + 1 < parameters.size() && parameters[at + 1].isSub;
    qsizetype last = at;
    while (joined && last + 1 < parameters.size() && parameters[last + 1].isSub)
        ++last;
    const int kind = value(at + 1);
    if (kind == 5) {
        colour = palette(value(at + 2));
        at = joined ? last : at + 2;
    } else if (kind == 2) {
        // The ':' form has the number of a colour space in front of red, which many leave out.
        const qsizetype red = at + (joined && last - at >= 5 ? 3 : 2);
        colour = rgb(value(red), value(red + 1), value(red + 2));
        at = joined ? last : at + 4;
    } else {
        at = joined ? last : at + 1;
    }
}

void applyFlag(int code, bool on, TextStyle &style)
{
    switch (code) {
    case 1:
        style.bold = on;
        break;
    case 2:
        style.dim = on;
        break;
    case 3:
        style.italic = on;
        break;
    case 4:
        style.underline = on;
        break;
    case 7:
        style.inverse = on;
        break;
    case 9:
        style.struck = on;
        break;
    default:
        break;
    }
}

void applyCode(int code, TextStyle &style)
{
    if (code == 0)
        style = {};
    else if (code < 10)
        applyFlag(code, true, style);
    else if (code == 21) // double underline by the standard
        style.underline = true;
    else if (code == 22)
        style.bold = style.dim = false;
    else if (code > 22 && code < 30)
        applyFlag(code - 20, false, style);
    else if (code >= 30 && code <= 37)
        style.foreground = palette(code - 30);
    else if (code == 39)
        style.foreground = {};
    else if (code >= 40 && code <= 47)
        style.background = palette(code - 40);
    else if (code == 49)
        style.background = {};
    else if (code >= 90 && code <= 97)
        style.foreground = palette(code - 90 + 8);
    else if (code >= 100 && code <= 107)
        style.background = palette(code - 100 + 8);
}

} // namespace

void applySgr(QByteArrayView text, TextStyle &style)
{
    const Parameters parameters(text);
    TextColour ignored;
    for (qsizetype at = 0; at < parameters.size(); ++at) {
        const auto [code, isSub] = parameters[at];
        if (code == 38 && !isSub)
            readColour(parameters, at, style.foreground);
        else if (code == 48 && !isSub)
            readColour(parameters, at, style.background);
        else if (code == 58 && !isSub) // of an underline, which has the text's colour here
            readColour(parameters, at, ignored);
        else if (code == 4 && at + 1 < parameters.size() && parameters[at + 1].isSub)
            style.underline = parameters[at + 1].value != 0;
        else if (!isSub)
            applyCode(code, style);
    }
}

} // namespace runsheet
