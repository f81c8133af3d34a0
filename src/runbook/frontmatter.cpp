// SPDX-License-Identifier: Apache-2.0
#include "runbook/frontmatter.h"

#include <yaml-cpp/yaml.h>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

using Severity = Diagnostic::Severity;

constexpr int kFirstLine = 2; ///< behind the opening "---"

bool mayBeOurs(const QString &yaml)
{
    return yaml.startsWith(u"runsheet:") || yaml.contains(u"\nrunsheet:");
}

SourceLocation placeOf(const YAML::Mark &mark)
{
    return {mark.line + kFirstLine, mark.column + 1};
}

void readEntry(const YAML::Node &key, const YAML::Node &value, FrontMatter &front)
{
    const QString name = QString::fromStdString(key.as<std::string>());
    const QString text = value.IsScalar() ? QString::fromStdString(value.Scalar()) : QString();
    const CheckedAttributes checked = checkAttributes({{name, text}}, AttributePlace::Runbook);
    front.attributes.insert(checked.values);
    for (const AttributeProblem &problem : checked.problems)
        front.diagnostics.append(
            {Severity::Warning, problem.code, problem.message, placeOf(key.Mark())});
}

} // namespace

FrontMatter readFrontMatter(const QString &yaml)
{
    FrontMatter front;
    if (!mayBeOurs(yaml))
        return front;
    try {
        const YAML::Node root = YAML::Load(yaml.toStdString());
        const YAML::Node ours = root.IsMap() ? root["runsheet"] : YAML::Node();
        if (!ours.IsMap()) {
            front.diagnostics.append(
                {Severity::Warning,
                 u"broken-front-matter"_s,
                 u"Below “runsheet:” there must be names with values, such as “  signoffs: 2”."_s,
                 {1, 1}});
            return front;
        }
        for (const auto &entry : ours)
            readEntry(entry.first, entry.second, front);
    } catch (const YAML::Exception &exception) {
        front.diagnostics.append(
            {Severity::Warning, u"broken-front-matter"_s,
             u"The front matter is not valid YAML (%1). What it says below "
             u"“runsheet:” has no effect."_s.arg(QString::fromStdString(exception.msg)),
             placeOf(exception.mark)});
    }
    return front;
}

} // namespace runsheet
