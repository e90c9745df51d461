package org.initlab.analysis.maps;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.initlab.analysis.picture.Theme;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MapColoursTest {
    private static final double[] ORDINARY = {1, 0, 0, 0, 1, 0, 0, 0, 1};
    /** In linear RGB, for complete dichromats: Machado, Oliveira and Fernandes 2009, severity 1. */
    private static final double[] PROTANOPIA = {
        0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998
    };

    private static final double[] DEUTERANOPIA = {
        0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881
    };

    private static final double[] TRITANOPIA = {
        1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.303900
    };

    /** A difference of 10 in CIELAB is plain at a glance. */
    private static final double PLAIN = 10;

    @ParameterizedTest
    @EnumSource(Theme.class)
    void betterAndWorseDifferForColourBlindEyesToo(Theme theme) {
        MapColours colours = new MapColours(theme);
        for (double[] eyes : List.of(ORDINARY, PROTANOPIA, DEUTERANOPIA, TRITANOPIA)) {
            for (double strength : new double[] {0.4, 0.6, 0.8, 1}) {
                assertThat(distance(colours.of(strength), colours.of(-strength), eyes))
                        .as("at %s", strength)
                        .isGreaterThan(2 * PLAIN);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Theme.class)
    void theFurtherFromTheMiddleTheFurtherInGrey(Theme theme) {
        MapColours colours = new MapColours(theme);
        int away = theme == Theme.DARK ? 1 : -1;
        for (int side : new int[] {-1, 1}) {
            double[] greys = DoubleStream.iterate(0, strength -> strength <= 1, strength -> strength + 0.125)
                    .map(strength -> grey(colours.of(side * strength)))
                    .toArray();
            for (int i = 1; i < greys.length; i++) {
                assertThat(away * (greys[i] - greys[i - 1])).isPositive();
            }
        }
        assertThat(colours.of(-1e-12)).isEqualTo(colours.of(0)).isEqualTo(colours.of(1e-12));
    }

    @ParameterizedTest
    @EnumSource(Theme.class)
    void inGreyTheStrongestOfOneSideIsBeyondAnyOfTheOther(Theme theme) {
        MapColours colours = new MapColours(theme);

        assertThat(Math.abs(grey(colours.of(1)) - grey(colours.of(-1)))).isGreaterThan(2 * PLAIN);
    }

    @ParameterizedTest
    @EnumSource(Theme.class)
    void whatStandsOnAColourCanBeRead(Theme theme) {
        MapColours colours = new MapColours(theme);
        for (double goodness = -1; goodness <= 1; goodness += 0.01) {
            Color ground = colours.of(goodness);
            double ink = MapColours.luminance(MapColours.on(ground));
            double paper = MapColours.luminance(ground);
            assertThat((Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05))
                    .isGreaterThan(4.5);
        }
    }

    @Test
    void thePageHasTheSameColours() throws IOException {
        String script = Files.readString(Path.of("src/main/resources/static/assets/map.js"));
        for (Theme theme : Theme.values()) {
            MapColours colours = new MapColours(theme);
            for (int side : new int[] {1, -1}) {
                String ramp = String.join(
                        ", ",
                        Stream.of(0, 0.25, 0.5, 0.75, 1)
                                .map(strength -> "'#%06x'"
                                        .formatted(colours.of(side * strength.doubleValue())
                                                        .getRGB()
                                                & 0xFFFFFF))
                                .toList());
                assertThat(script).contains((side > 0 ? "better" : "worse") + ": [" + ramp + "]");
            }
        }
    }

    private static double distance(Color one, Color other, double[] eyes) {
        double[] a = lab(one, eyes);
        double[] b = lab(other, eyes);
        return Math.sqrt(Math.pow(a[0] - b[0], 2) + Math.pow(a[1] - b[1], 2) + Math.pow(a[2] - b[2], 2));
    }

    private static double grey(Color colour) {
        return lab(colour, ORDINARY)[0];
    }

    /** CIELAB of D65 white. */
    private static double[] lab(Color colour, double[] eyes) {
        double[] seen = times(eyes, new double[] {
            MapColours.linear(colour.getRed()),
            MapColours.linear(colour.getGreen()),
            MapColours.linear(colour.getBlue())
        });
        double[] xyz = times(
                new double[] {0.4124, 0.3576, 0.1805, 0.2126, 0.7152, 0.0722, 0.0193, 0.1192, 0.9505},
                DoubleStream.of(seen)
                        .map(channel -> Math.max(0, Math.min(1, channel)))
                        .toArray());
        double x = root(xyz[0] / 0.9505);
        double y = root(xyz[1]);
        double z = root(xyz[2] / 1.089);
        return new double[] {116 * y - 16, 500 * (x - y), 200 * (y - z)};
    }

    private static double root(double share) {
        return share > 0.008856 ? Math.cbrt(share) : 7.787 * share + 16.0 / 116;
    }

    private static double[] times(double[] matrix, double[] vector) {
        double[] product = new double[3];
        for (int row = 0; row < 3; row++) {
            for (int column = 0; column < 3; column++) {
                product[row] += matrix[3 * row + column] * vector[column];
            }
        }
        return product;
    }
}
