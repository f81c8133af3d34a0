// SPDX-License-Identifier: Apache-2.0
#include "icons.h"

#include "theme.h"

#include <QApplication>
#include <QFile>
#include <QIconEngine>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

QByteArray svgSource(const QString &name)
{
    QFile file(u":/icons/"_s + name + u".svg"_s);
    if (file.open(QIODevice::ReadOnly))
        return file.readAll();
    file.setFileName(u":/icons/reference.svg"_s);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QPixmap render(const QString &name, const QColor &color, const QColor &ground, int size,
               qreal ratio)
{
    QByteArray svg = svgSource(name);
    svg.replace("currentColor", color.name().toLatin1());
    svg.replace("#ground", ground.name().toLatin1());
    QPixmap pixmap(QSize(size, size) * ratio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    QSvgRenderer(svg).render(&painter);
    painter.end();
    pixmap.setDevicePixelRatio(ratio);
    return pixmap;
}

class ThemedIconEngine final : public QIconEngine
{
public:
    explicit ThemedIconEngine(QString name)
        : m_name(std::move(name))
    {
    }

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State) override
    {
        const int side = std::min(rect.width(), rect.height());
        painter->drawPixmap(rect.topLeft(),
                            drawn(side, mode, painter->device()->devicePixelRatio()));
    }
    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State) override
    {
        return drawn(std::min(size.width(), size.height()), mode, 1);
    }
    QIconEngine *clone() const override { return new ThemedIconEngine(m_name); }

private:
    QPixmap drawn(int side, QIcon::Mode mode, qreal ratio) const
    {
        const QPalette palette = QApplication::palette();
        const auto group = mode == QIcon::Disabled ? QPalette::Disabled : QPalette::Active;
        return iconPixmap(m_name, palette.color(group, QPalette::ButtonText),
                          themeOf(palette).raised, side, ratio);
    }

    QString m_name;
};

} // namespace

QPixmap iconPixmap(const QString &name, const QColor &color, const QColor &ground, int size,
                   qreal devicePixelRatio)
{
    const QString key = u"runsheet/%1/%2/%3/%4/%5"_s.arg(name, color.name(), ground.name())
                            .arg(size)
                            .arg(devicePixelRatio);
    QPixmap pixmap;
    if (!QPixmapCache::find(key, &pixmap)) {
        pixmap = render(name, color, ground, size, devicePixelRatio);
        QPixmapCache::insert(key, pixmap);
    }
    return pixmap;
}

QIcon themedIcon(const QString &name)
{
    return QIcon(new ThemedIconEngine(name));
}

} // namespace runsheet
