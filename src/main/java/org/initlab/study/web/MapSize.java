package org.initlab.study.web;

import java.util.Objects;
import org.initlab.analysis.picture.Theme;
import org.initlab.platform.problem.InvalidRequestException;

/**
 * The query parameters of a map's picture; {@code null} is what is left out.
 *
 * @param width in pixels
 * @param height in pixels
 * @param theme {@code light} or {@code dark}
 */
record MapSize(Integer width, Integer height, Theme theme) {
    private static final int LEAST = 240;
    private static final int MOST = 2400;

    /**
     * Lets it pass.
     *
     * @throws InvalidRequestException naming what is out of range
     */
    void check() {
        require("width", widthOrUsual());
        require("height", heightOrUsual());
    }

    int widthOrUsual() {
        return Objects.requireNonNullElse(width, 900);
    }

    int heightOrUsual() {
        return Objects.requireNonNullElse(height, 620);
    }

    Theme themeOrUsual() {
        return Objects.requireNonNullElse(theme, Theme.LIGHT);
    }

    private static void require(String name, int pixels) {
        if (pixels < LEAST || pixels > MOST) {
            throw new InvalidRequestException(name + " must be between " + LEAST + " and " + MOST + " pixels");
        }
    }
}
