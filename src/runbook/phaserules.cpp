// SPDX-License-Identifier: Apache-2.0
#include "runbook/phaserules.h"

#include "runbook/duration.h"

#include <QFile>
#include <QStandardPaths>
#include <yaml-cpp/yaml.h>

#include <array>
#include <utility>

using namespace Qt::StringLiterals;

// A static library's resources are dropped by the linker unless something names them.
static void initRunbookResources()
{
    Q_INIT_RESOURCE(runsheet_runbook);
}

namespace runsheet
{

namespace
{

constexpr int kMaxShortTitle = 40;

QString text(const YAML::Node &node, const char *key)
{
    const YAML::Node value = node[key];
    return value && value.IsScalar() ? QString::fromStdString(value.Scalar()) : QString();
}

Error invalidRule(const YAML::Node &node, const QString &problem)
{
    return {
        Error::Kind::Invalid,
        u"The phase rules cannot be used: line %1: %2."_s.arg(node.Mark().line + 1).arg(problem),
        {}};
}

QString withCaptures(QString format, const QRegularExpressionMatch &match)
{
    for (int i = 1; i <= 9; ++i)
        format.replace(u'\\' + QString::number(i), match.captured(i));
    return format;
}

/// "📋 2. Pre-Migration" and "Pre-Migration" are the same heading.
QString withoutNumber(const QString &heading)
{
    static const QRegularExpression kLead(
        u"^[^\\p{L}\\p{N}]*(\\d+(\\.\\d+)*[.)]\\s+)?[^\\p{L}\\p{N}]*"_s);
    QString rest = heading;
    rest.remove(0, kLead.match(heading).capturedLength());
    return rest;
}

QString shortened(const QString &heading)
{
    static const QRegularExpression kAside(u"\\s*\\([^)]*\\)\\s*$"_s);
    QString title = withoutNumber(heading).remove(kAside).trimmed();
    if (title.size() > kMaxShortTitle)
        title = title.left(kMaxShortTitle - 1).trimmed() + u'…';
    return title.isEmpty() ? heading : title;
}

QStringList placesOf(const YAML::Node &node, PhaseGroup group)
{
    if (!node["inside"])
        return group == PhaseGroup::Reference ? QStringList{u"top"_s}
                                              : QStringList{u"top"_s, u"section"_s, u"process"_s};
    QStringList places;
    for (const YAML::Node &place : node["inside"])
        places.append(QString::fromStdString(place.as<std::string>()));
    return places;
}

Result<PhaseRule> ruleFrom(const YAML::Node &node)
{
    if (!node.IsMap())
        return invalidRule(node, u"a rule must be a map"_s);
    PhaseRule rule;
    rule.kind = text(node, "kind");
    if (rule.kind.isEmpty())
        return invalidRule(node, u"a rule needs a kind"_s);
    rule.pattern = QRegularExpression(text(node, "match"),
                                      QRegularExpression::CaseInsensitiveOption
                                          | QRegularExpression::UseUnicodePropertiesOption);
    if (rule.pattern.pattern().isEmpty() || !rule.pattern.isValid())
        return invalidRule(
            node, u"match is not a regular expression (%1)"_s.arg(rule.pattern.errorString()));
    const std::optional<PhaseGroup> group = groupFromName(text(node, "group"));
    if (!group)
        return invalidRule(node, u"group must be before, window, after, rollback or reference"_s);
    rule.group = *group;
    rule.shortTitle = text(node, "short");
    rule.icon = text(node, "icon");
    rule.listItemsAreSteps = text(node, "steps") == u"true";
    rule.inside = placesOf(node, rule.group);
    const QString due = text(node, "due");
    rule.dueSeconds = durationIn(due);
    if (due.contains(u'\\'))
        rule.dueTemplate = due;
    else if (!due.isEmpty() && !rule.dueSeconds)
        return invalidRule(node, u"due must be a number and a unit, such as -7d"_s);
    return rule;
}

} // namespace

bool PhaseRule::mayOpenIn(const QString &enclosingKind) const
{
    return inside.contains(enclosingKind);
}

const PhaseRules &PhaseRules::bundled()
{
    static const PhaseRules kRules = [] {
        initRunbookResources();
        QFile file(u":/runsheet/phaserules.yaml"_s);
        const bool opened = file.open(QIODevice::ReadOnly);
        Q_ASSERT(opened);
        Result<PhaseRules> rules = fromYaml(opened ? file.readAll() : QByteArray());
        Q_ASSERT(rules.hasValue());
        return rules ? *std::move(rules) : PhaseRules();
    }();
    return kRules;
}

Result<PhaseRules> PhaseRules::fromYaml(const QByteArray &yaml)
{
    try {
        const YAML::Node root = YAML::Load(yaml.toStdString());
        if (!root.IsMap() || !root["rules"].IsSequence())
            return Error{Error::Kind::Invalid,
                         u"The phase rules cannot be used: there is no list named “rules”."_s,
                         {}};
        PhaseRules rules;
        for (const YAML::Node &node : root["rules"]) {
            Result<PhaseRule> rule = ruleFrom(node);
            if (!rule)
                return rule.error();
            rules.m_rules.append(*std::move(rule));
        }
        return rules;
    } catch (const YAML::Exception &exception) {
        return Error{Error::Kind::Invalid,
                     u"The phase rules cannot be used: line %1 is not valid YAML."_s.arg(
                         exception.mark.line + 1),
                     QString::fromStdString(exception.msg)};
    }
}

Result<PhaseRules> PhaseRules::withYaml(const QByteArray &yaml)
{
    if (yaml.isEmpty())
        return bundled();
    Result<PhaseRules> rules = fromYaml(yaml);
    if (rules)
        rules->m_rules += bundled().m_rules;
    return rules;
}

Result<QByteArray> PhaseRules::readFile(const QString &fileName)
{
    QFile file(fileName);
    if (!file.exists())
        return QByteArray();
    if (!file.open(QIODevice::ReadOnly))
        return Error{
            Error::Kind::Unreadable,
            u"The phase rules in %1 cannot be read. Check the file's permissions."_s.arg(fileName),
            file.errorString()};
    return file.readAll();
}

Result<PhaseRules> PhaseRules::withFile(const QString &fileName)
{
    const Result<QByteArray> yaml = readFile(fileName);
    if (!yaml)
        return yaml.error();
    Result<PhaseRules> rules = withYaml(*yaml);
    if (!rules)
        return Error{rules.error().kind, fileName + u": "_s + rules.error().message,
                     rules.error().detail};
    return rules;
}

QString PhaseRules::userFile()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation)
        + u"/runsheet/phaserules.yaml"_s;
}

const PhaseRule *PhaseRules::match(const QString &heading) const
{
    const QString text = withoutNumber(heading);
    for (const PhaseRule &rule : m_rules) {
        if (rule.pattern.match(text).hasMatch())
            return &rule;
    }
    return nullptr;
}

PhaseMatch PhaseRules::matchInside(const QString &heading, const QString &enclosingKind) const
{
    const QString text = withoutNumber(heading);
    for (const PhaseRule &rule : m_rules) {
        if (!rule.mayOpenIn(enclosingKind))
            continue;
        const QRegularExpressionMatch match = rule.pattern.match(text);
        if (!match.hasMatch())
            continue;
        const QString title = withCaptures(rule.shortTitle, match);
        return {&rule, title.isEmpty() ? shortened(heading) : title,
                rule.dueTemplate.isEmpty() ? rule.dueSeconds
                                           : durationIn(withCaptures(rule.dueTemplate, match))};
    }
    return {nullptr, shortened(heading), std::nullopt};
}

} // namespace runsheet
