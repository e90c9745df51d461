package org.initlab.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.initlab.analysis.FalseClaimsTest.Noise;
import org.initlab.analysis.curves.Line;
import org.initlab.analysis.curves.Panel;
import org.initlab.analysis.curves.Picture;
import org.initlab.analysis.picture.PictureFormat;
import org.initlab.analysis.picture.Theme;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What looking after every pair does in {@value #EXPERIMENTS} experiments of which the truth is known. The tables in
 * {@code docs/comparison.md} are these; {@code -Dinitlab.pictures=docs} draws the picture.
 */
class EarlyStopSimulationTest {
    private static final Logger log = LoggerFactory.getLogger(EarlyStopSimulationTest.class);

    private static final int EXPERIMENTS = 10_000;
    private static final int FIRST_LOOK = 5;
    private static final int MOST_PAIRS = 50;
    private static final double ERROR = 0.05;
    private static final double[] EFFECTS = {0, 0.5, 1, 2};
    private static final double[] MARGINS = {0.5, 1};

    /** Student's interval at every look misses far more often: that is why there is a sequence. */
    @ParameterizedTest
    @CsvSource({"NORMAL, 0.95, 1", "HEAVY, 0.95, 1", "SKEWED, 0.8, 0.95"})
    void theSequenceCoversTheTrueMeanAtAllLooks(Noise noise, double least, double most) throws IOException {
        SequenceBound bound = new SequenceBound(FIRST_LOOK, ERROR);
        SplittableRandom random = new SplittableRandom(18);
        int covered = 0;
        int coveredByStudents = 0;
        for (int experiment = 0; experiment < EXPERIMENTS; experiment++) {
            double[] pairs = noise.pairs(random, random.nextInt(FIRST_LOOK, MOST_PAIRS + 1), 0);
            covered += isCovered(pairs, bound) ? 1 : 0;
            coveredByStudents += isCoveredByStudents(pairs) ? 1 : 0;
        }

        assertThat(covered / (double) EXPERIMENTS).isBetween(least, most);
        assertIsDocumented("| " + noise.title() + " | " + percent(covered) + " | " + percent(coveredByStudents) + " |");
    }

    private static void assertIsDocumented(String row) throws IOException {
        log.info(row);
        assertThat(Files.readString(Path.of("docs/comparison.md")).contains(row))
                .as(row)
                .isTrue();
    }

    private static boolean isCovered(double[] pairs, SequenceBound bound) {
        ConfidenceSequence sequence = new ConfidenceSequence(bound);
        boolean covered = true;
        for (double pair : pairs) {
            sequence.add(pair);
            covered &= sequence.low() <= 0 && sequence.high() >= 0;
        }
        return covered;
    }

    private static boolean isCoveredByStudents(double[] pairs) {
        return IntStream.rangeClosed(FIRST_LOOK, pairs.length)
                .mapToObj(looks -> Summary.of(Arrays.copyOf(pairs, looks)))
                .allMatch(summary -> summary.ciLow() <= 0 && summary.ciHigh() >= 0);
    }

    /** Few trials are spared where nothing is clear, most of them where the difference is large. */
    @Test
    void trialsAreSaved() throws IOException {
        for (double effect : EFFECTS) {
            int[] half = stops(effect, 0.5);
            int[] one = stops(effect, 1);
            assertIsDocumented(String.join(
                    " | ",
                    "| " + new BigDecimal(effect).stripTrailingZeros().toPlainString(),
                    saved(half, 20),
                    saved(half, MOST_PAIRS),
                    saved(one, 20),
                    saved(one, MOST_PAIRS) + " |"));
        }
        assertThat(share(stops(2, 0.5), 10)).isGreaterThan(0.95);
        assertThat(share(stops(0, 1), 30)).isGreaterThan(0.9);
    }

    /** Experiments by the number of pairs after which they are decided; those that never are, at 0. */
    private static int[] stops(double effect, double margin) {
        int[] stops = new int[MOST_PAIRS + 1];
        SequentialDesign design = new SequentialDesign(FIRST_LOOK, ERROR);
        SplittableRandom random = new SplittableRandom(18);
        SequenceBound bound = design.bound(1);
        for (int experiment = 0; experiment < EXPERIMENTS; experiment++) {
            ConfidenceSequence sequence = new ConfidenceSequence(bound);
            while (!sequence.isDecided(margin) && sequence.pairs() < MOST_PAIRS) {
                sequence.add(effect + random.nextGaussian());
            }
            stops[sequence.isDecided(margin) ? sequence.pairs() : 0]++;
        }
        return stops;
    }

    /** The share of all trials that are not needed if there may be so many. */
    private static String saved(int[] stops, int trials) {
        double saved = IntStream.rangeClosed(FIRST_LOOK, trials)
                .mapToDouble(pairs -> stops[pairs] * (double) (trials - pairs) / trials)
                .sum();
        return percent(saved);
    }

    private static double share(int[] stops, int pairs) {
        return IntStream.rangeClosed(FIRST_LOOK, pairs).map(at -> stops[at]).sum() / (double) EXPERIMENTS;
    }

    private static String percent(double experiments) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * experiments / EXPERIMENTS);
    }

    @Test
    void thePictureShowsWhenExperimentsEnd() throws IOException {
        List<Panel> panels = DoubleStream.of(MARGINS)
                .mapToObj(margin -> new Panel(
                        "Share decided, margin of " + margin + " deviations",
                        "pairs",
                        lines(margin),
                        List.of(),
                        null,
                        1))
                .toList();
        Picture picture = new Picture("When an experiment that may stop early is decided", panels);

        assertThat(PictureFormat.SVG.encode(picture, Theme.LIGHT, 1000, 420)).isNotEmpty();
        String folder = System.getProperty("initlab.pictures");
        if (folder != null) {
            for (Theme theme : Theme.values()) {
                Files.write(
                        Path.of(folder, "stopping-" + theme.name().toLowerCase(Locale.ROOT) + ".svg"),
                        PictureFormat.SVG.encode(picture, theme, 1000, 420));
            }
        }
    }

    private static List<Line> lines(double margin) {
        List<Line> lines = new ArrayList<>();
        for (double effect : EFFECTS) {
            int[] stops = stops(effect, margin);
            lines.add(new Line(
                    "true difference of " + effect + " deviations",
                    lines.size(),
                    IntStream.rangeClosed(FIRST_LOOK, MOST_PAIRS)
                            .mapToObj(pairs -> {
                                double share = share(stops, pairs);
                                return new Line.Point(pairs, share, share, share);
                            })
                            .toList()));
        }
        return lines;
    }
}
