package org.initlab.analysis.maps;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import org.initlab.analysis.picture.Texts;
import org.initlab.analysis.picture.Theme;

/** A map of cells, or one for each value of the third axis, side by side or in rows. */
final class CellMaps {
    private static final double HEADING = 28;
    private static final double GAP = 14;

    private final MapPicture map;
    private final Theme theme;

    CellMaps(MapPicture map, Theme theme) {
        this.map = map;
        this.theme = theme;
    }

    void draw(Graphics2D g2, Rectangle2D area) {
        if (map.axes().size() == 2) {
            new CellMap(map, map.cells(), theme).draw(g2, area);
            return;
        }
        MapAxis third = map.axes().get(2);
        int columns = columns(third.size(), area);
        int rows = (third.size() + columns - 1) / columns;
        double width = (area.getWidth() - (columns - 1) * GAP) / columns;
        double height = area.getHeight() / rows;
        for (int value = 0; value < third.size(); value++) {
            int index = value;
            double x = area.getX() + value % columns * (width + GAP);
            int row = value / columns;
            double y = area.getY() + row * height;
            List<MapCell> cells = map.cells().stream()
                    .filter(cell -> cell.indexes().get(2) == index)
                    .toList();
            CellMap panel = new CellMap(map, cells, theme);
            panel.draw(g2, new Rectangle2D.Double(x, y + HEADING, width, height - HEADING));
            g2.setFont(Texts.HEADING);
            g2.setPaint(theme.text());
            String heading = third.label() + " " + third.texts().get(value);
            Texts.centred(g2, Texts.fitted(heading, g2.getFontMetrics(), width), panel.middle(), y + HEADING - 6);
        }
    }

    /** As make the cells largest. */
    private int columns(int maps, Rectangle2D area) {
        int best = 1;
        double largest = 0;
        for (int columns = 1; columns <= maps; columns++) {
            int rows = (maps + columns - 1) / columns;
            double side = Math.min(
                    (area.getWidth() / columns - CellMap.ROOM_LEFT)
                            / map.axes().get(0).size(),
                    (area.getHeight() / rows - CellMap.ROOM_BELOW)
                            / map.axes().get(1).size());
            if (side > largest) {
                largest = side;
                best = columns;
            }
        }
        return best;
    }
}
