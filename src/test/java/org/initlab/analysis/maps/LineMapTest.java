package org.initlab.analysis.maps;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.initlab.analysis.Criterion;
import org.initlab.analysis.Verdict;
import org.initlab.analysis.picture.PictureFormat;
import org.initlab.analysis.picture.Theme;
import org.junit.jupiter.api.Test;

class LineMapTest {
    @Test
    void longNamesAreBrokenAndNumbersThatWouldOverlapAreLeftOut() {
        assertThat(drawn(
                        new MapAxis("loss", List.of("bce", "bce labelSmoothing 0.1"), new double[] {0, 1}, false), 300))
                .contains(">labelSmoothing<");
        assertThat(drawn(
                        new MapAxis("rate", List.of("0.1", "0.1001", "0.9"), new double[] {0.1, 0.1001, 0.9}, false),
                        300))
                .contains(">0.1<", ">0.9<")
                .doesNotContain("0.1001", "…");
    }

    /** Across the whole picture: between one point and itself there is no line. */
    @Test
    void aMapOfOnePointShowsTheMarginToo() {
        String one = drawn(new MapAxis("rate", List.of("0.1"), new double[] {0.1}, false), 300);

        assertThat(one)
                .containsPattern(
                        "stroke-dasharray=\"4,4\"[^>]*>(<path d=\"M58 \\S+ L288 \\S+\" fill=\"none\"/>){2}</g>");
    }

    /** They differ at their ends only. */
    @Test
    void longNamesBesideCellsAreBrokenToo() {
        MapAxis across = new MapAxis("rate", List.of("0.1"), new double[] {0.1}, false);
        MapAxis up = new MapAxis(
                "loss",
                List.of(
                        "bce positiveWeight balanced labelSmoothing 0.1",
                        "bce positiveWeight balanced labelSmoothing 0.2"),
                new double[] {0, 1},
                false);
        List<MapCell> cells = IntStream.range(0, 2)
                .mapToObj(value -> new MapCell(List.of(0, value), 0.1, 0.05, 0.15, 0.02, Verdict.Code.WORSE, true, 1))
                .toList();

        assertThat(drawn(new MapPicture("map", "of two axes", Criterion.LOSS, List.of(across, up), cells), 400))
                .contains(">labelSmoothing 0.1<", ">labelSmoothing 0.2<");
    }

    private static String drawn(MapAxis axis, int width) {
        List<MapCell> cells = IntStream.range(0, axis.size())
                .mapToObj(value -> new MapCell(List.of(value), 0.1, 0.05, 0.15, 0.02, Verdict.Code.WORSE, true, 1))
                .toList();
        return drawn(new MapPicture("map", "of one axis", Criterion.LOSS, List.of(axis), cells), width);
    }

    private static String drawn(MapPicture picture, int width) {
        return new String(PictureFormat.SVG.encode(picture, Theme.LIGHT, width, 300), StandardCharsets.UTF_8);
    }
}
