package org.initlab.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.initlab.study.StudySpec.AxisSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class GridTest {
    private static final JsonMapper JSON = new JsonMapper();

    @Test
    void theLastAxisChangesFastest() {
        Grid grid = Grid.of(List.of(axis("/a/x", "[1, 2]"), axis("/b", "['u', 'v', null]")));

        assertThat(grid.size()).isEqualTo(6);
        assertThat(IntStream.range(0, 6).mapToObj(grid::name))
                .containsExactly("x 1, b u", "x 1, b v", "x 1, b default", "x 2, b u", "x 2, b v", "x 2, b default");
        assertThat(grid.positions(1, 2)).containsExactly(2, 5);
    }

    @Test
    void axesWhoseFieldsAreCalledTheSameAreToldApart() {
        Grid grid =
                Grid.of(List.of(axis("/training/loss/type", "['bce']"), axis("/training/optimizer/type", "['sgd']")));

        assertThat(grid.name(0)).isEqualTo("loss.type bce, optimizer.type sgd");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[0.5, 0.2, 0.1, 0.05, 0.02, 0.01] | LOGARITHMIC",
                "[0.0001, 0.01] | LOGARITHMIC",
                "[1, 2, 3, 4] | LINEAR",
                "[1, 6, 11, 16] | LINEAR",
                "[0, 0.1, 1] | LINEAR",
                "[32, 64, 128] | LINEAR",
                "['sgd', 'adam'] | NOMINAL",
                "[null, 1] | NOMINAL"
            })
    void theScaleFollowsFromTheValues(String values, GridAxis.Scale scale) {
        assertThat(axisOf(values).scale()).isEqualTo(scale);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "1.0E-4 | 0.0001",
                "0.00000001 | 1e-8",
                "0.10 | 0.1",
                "100 | 100",
                "2000000000 | 2e9",
                "1.0 | 1",
                "123.456 | 123.456",
                "0.5623413251903491 | 0.5623",
                "0.000005623413251903491 | 0.000005623",
                "123456789 | 123456789",
                "'frog' | frog",
                "null | default",
                "true | true",
                "[] | none",
                "['horizontal_flip', 'random_crop'] | horizontal_flip + random_crop",
                "{'type': 'focal', 'gamma': 2.0, 'alpha': 'none'} | focal gamma 2 alpha none"
            })
    void aValueIsToldInAFewWords(String value, String words) {
        assertThat(axisOf("[" + value + "]").texts()).containsExactly(words);
    }

    /** The points are named by them. */
    @Test
    void valuesThatDifferHaveTextsThatDiffer() {
        assertThat(axisOf("[0.5623413, 0.56234132519, 0.1]").texts()).containsExactly("0.5623413", "0.56234133", "0.1");
        assertThat(axisOf("[0.56234132519, 0.56234132518]").texts()).containsExactly("0.56234132519", "0.56234132518");
        String smoothed = "{'type': 'bce', 'positiveWeight': 'balanced', 'labelSmoothing': %s}";
        assertThat(axisOf("[" + smoothed.formatted("0.1") + "]").texts())
                .containsExactly("bce positiveWeight balanced labelSmooth…");
        assertThat(axisOf("[" + smoothed.formatted("0.1") + ", " + smoothed.formatted("0.2") + "]")
                        .texts())
                .containsExactly(
                        "bce positiveWeight balanced labelSmoothing 0.1",
                        "bce positiveWeight balanced labelSmoothing 0.2");
    }

    private static GridAxis axisOf(String values) {
        return Grid.of(List.of(axis("/any", values))).axes().get(0);
    }

    private static AxisSpec axis(String pointer, String values) {
        return new AxisSpec(pointer, List.of(JSON.readValue(values.replace('\'', '"'), JsonNode[].class)));
    }
}
