package org.initlab.analysis.curves;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.initlab.analysis.curves.Line.Point;
import org.initlab.analysis.picture.PictureFormat;
import org.initlab.analysis.picture.Theme;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

class PictureFormatTest {
    private static final int WIDTH = 800;
    private static final int HEIGHT = 400;

    @ParameterizedTest
    @EnumSource
    void eachArmHasAColourOfItsOwnOnEitherBackground(Theme theme) throws IOException {
        List<Line> lines = IntStream.range(0, 8)
                .mapToObj(arm -> line("arm " + arm, arm, 0.1 * arm, 0))
                .toList();

        Set<Integer> colours = colours(png(picture(lines), theme));

        assertThat(colours).contains(theme.background().getRGB());
        assertThat(IntStream.range(0, 8)
                        .mapToObj(arm -> ArmStyle.colour(arm, theme).getRGB())
                        .toList())
                .doesNotHaveDuplicates()
                .allSatisfy(colour -> assertThat(colours).contains(colour));
    }

    /** Markers and dashes differ, because a picture may be printed in greyscale. */
    @Test
    void eachArmHasAMarkerAndADashOfItsOwn() {
        assertThat(IntStream.range(0, 8).mapToObj(ArmStyle::marker).toList()).doesNotHaveDuplicates();
        assertThat(IntStream.range(0, 8).mapToObj(ArmStyle::stroke).toList()).doesNotHaveDuplicates();
    }

    @Test
    void anIntervalIsABandAndASingleTrialHasNone() throws IOException {
        Color band = new Color(0xD1E6F1); // 18 % of the first arm's blue on white

        assertThat(colours(png(picture(List.of(line("default", 0, 0.5, 0.1))), Theme.LIGHT)))
                .anyMatch(colour -> isNear(colour, band));
        assertThat(text(svg(picture(List.of(line("default", 0, 0.5, 0.1)))))).contains("95 % interval of the mean");
        assertThat(text(svg(picture(List.of(line("default", 0, 0.5, 0)))))).doesNotContain("95 % interval of the mean");
    }

    @Test
    void theTextOfAnSvgIsTextAndAUsersNameNeverMarkup() {
        String name = "<script>alert(1)</script> & \u0001 ☃";
        Picture picture =
                new Picture(name, picture(List.of(line("default", 0, 0.5, 0))).panels());

        String svg = svg(picture);

        assertThat(svg).doesNotContain("<script>");
        assertThat(text(svg))
                .contains("<script>alert(1)</script> &", "default", "epoch", "Test loss", "constant predictor");
    }

    @Test
    void anExperimentWithoutAnEpochGivesAPictureThatSaysSo() {
        Picture picture = picture(List.of(new Line("default", 0, List.of())));

        assertThat(text(svg(picture))).contains("No epoch is finished yet.").doesNotContain("0.50");
    }

    @Test
    void theAxesShowNoImpossibleValue() {
        assertThat(text(svg(picture(List.of(line("default", 0, 0.99, 0.4)))))).doesNotContainPattern("1\\.0*[1-9]");
        assertThat(text(svg(picture(List.of(line("default", 0, 0.06, 0.4)))))).doesNotContain("-0.0");
    }

    @Test
    void publishedCurvesAreDrawnAndNamed() {
        Line own = line("default", 0, 0.5, 0);
        Panel panel = new Panel("Test loss", "epoch", List.of(own), List.of(line("default", 0, 2.5, 0)), null, 9);

        assertThat(text(svg(new Picture("reference", List.of(panel)))))
                .contains("published (thin)")
                .contains("2.5"); // the axis reaches them
    }

    @Test
    void aPictureHasTheSizeAskedForHoweverSmallOrFull() throws IOException {
        List<Line> lines = IntStream.range(0, 8)
                .mapToObj(arm -> line("a rather long label of an arm " + arm, arm, 0.1 * arm, 0.05))
                .toList();

        for (int[] size : new int[][] {{240, 200}, {320, 700}, {4000, 4000}}) {
            byte[] png = PictureFormat.PNG.encode(picture(lines), Theme.DARK, size[0], size[1]);
            BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
            assertThat(new int[] {image.getWidth(), image.getHeight()}).isEqualTo(size);
        }
    }

    @Test
    void manyPanelsAreLaidOutInRows() {
        Panel panel = picture(List.of(line("default", 0, 0.5, 0))).panels().get(0);
        Picture seven = new Picture("a name", Collections.nCopies(7, panel));
        byte[] svg = PictureFormat.SVG.encode(seven, Theme.LIGHT, 1000, 420);

        Set<String> heights = titles(new String(svg, StandardCharsets.UTF_8), "y");
        Set<String> places = titles(new String(svg, StandardCharsets.UTF_8), "x");

        assertThat(heights).hasSize(2);
        assertThat(places).hasSize(4);
    }

    private static Line line(String arm, int index, double level, double half) {
        return new Line(
                arm,
                index,
                IntStream.range(0, 6)
                        .mapToObj(epoch -> {
                            double mean = level - 0.01 * epoch;
                            return new Point(epoch, mean, mean - half, mean + half);
                        })
                        .toList());
    }

    private static Picture picture(List<Line> lines) {
        return new Picture("a name", List.of(new Panel("Test loss", "epoch", lines, List.of(), 0.3, 1)));
    }

    private static BufferedImage png(Picture picture, Theme theme) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(PictureFormat.PNG.encode(picture, theme, WIDTH, HEIGHT)));
    }

    private static Set<Integer> colours(BufferedImage image) {
        Set<Integer> colours = new HashSet<>();
        Arrays.stream(image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth()))
                .forEach(colours::add);
        return colours;
    }

    private static boolean isNear(int colour, Color wanted) {
        Color is = new Color(colour);
        return Math.abs(is.getRed() - wanted.getRed()) < 3
                && Math.abs(is.getGreen() - wanted.getGreen()) < 3
                && Math.abs(is.getBlue() - wanted.getBlue()) < 3;
    }

    private static String svg(Picture picture) {
        return new String(PictureFormat.SVG.encode(picture, Theme.LIGHT, WIDTH, HEIGHT), StandardCharsets.UTF_8);
    }

    /** The different coordinates of the panels' titles. */
    private static Set<String> titles(String svg, String coordinate) {
        Set<String> all = new HashSet<>();
        NodeList texts = texts(svg);
        for (int i = 0; i < texts.getLength(); i++) {
            if (texts.item(i).getTextContent().equals("Test loss")) {
                all.add(texts.item(i).getAttributes().getNamedItem(coordinate).getNodeValue());
            }
        }
        return all;
    }

    private static String text(String svg) {
        NodeList texts = texts(svg);
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < texts.getLength(); i++) {
            all.append(texts.item(i).getTextContent()).append('\n');
        }
        return all.toString();
    }

    /** All text elements of an SVG that an XML parser can read. */
    private static NodeList texts(String svg) {
        try {
            Document document = DocumentBuilderFactory.newDefaultNSInstance()
                    .newDocumentBuilder()
                    .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
            return document.getElementsByTagNameNS("*", "text");
        } catch (Exception e) {
            throw new AssertionError(svg, e);
        }
    }
}
