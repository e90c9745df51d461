package org.initlab.study;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/**
 * An axis of a study as it is shown.
 *
 * @param pointer to the field of the spec that varies
 * @param label the field's name
 * @param values what it is set to, in order
 * @param texts the values in a few words
 * @param scale how the values lie to each other
 */
public record GridAxis(String pointer, String label, List<JsonNode> values, List<String> texts, Scale scale) {
    private static final double DECADE = 10;
    private static final int LONGEST_NUMBER = 8;
    private static final List<Brevity> BREVITIES =
            List.of(new Brevity(40, 4), new Brevity(80, 8), new Brevity(160, Integer.MAX_VALUE));

    /** How values lie to each other. */
    public enum Scale {
        @JsonProperty("nominal")
        NOMINAL,
        @JsonProperty("linear")
        LINEAR,
        @JsonProperty("logarithmic")
        LOGARITHMIC
    }

    GridAxis(String pointer, String label, List<JsonNode> values) {
        this(pointer, label, values, texts(values), scale(values));
    }

    /** As brief as they can be and still be told apart. */
    private static List<String> texts(List<JsonNode> values) {
        List<List<String>> texts = BREVITIES.stream()
                .map(brevity -> values.stream().map(brevity::text).toList())
                .toList();
        return texts.stream()
                .filter(each -> each.stream().distinct().count() == each.size())
                .findFirst()
                .orElse(texts.get(texts.size() - 1));
    }

    /**
     * How much of a value is told.
     *
     * @param characters of its text
     * @param digits of a long fraction
     */
    private record Brevity(int characters, int digits) {
        /** Numbers and names as they are, an object by its type and its other fields. */
        String text(JsonNode value) {
            String text = words(value);
            int length = text.codePointCount(0, text.length());
            return length <= characters ? text : text.substring(0, text.offsetByCodePoints(0, characters - 1)) + "…";
        }

        private String words(JsonNode value) {
            if (value.isNull()) {
                return "default";
            }
            if (value.isArray()) {
                return value.isEmpty()
                        ? "none"
                        : value.valueStream().map(this::words).collect(Collectors.joining(" + "));
            }
            if (value.isObject()) {
                return value.properties().stream()
                        .map(field ->
                                field.getKey().equals("type") || field.getKey().equals("name")
                                        ? words(field.getValue())
                                        : field.getKey() + " " + words(field.getValue()))
                        .collect(Collectors.joining(" "));
            }
            return value.isNumber() ? number(value.decimalValue().stripTrailingZeros()) : value.asString();
        }

        /** Plainly, or with an exponent where that is much shorter. */
        private String number(BigDecimal exact) {
            boolean isLong = exact.scale() > 0 && exact.toPlainString().length() > LONGEST_NUMBER;
            BigDecimal number = isLong && exact.precision() > digits
                    ? exact.round(new MathContext(digits)).stripTrailingZeros()
                    : exact;
            String plain = number.toPlainString();
            return plain.length() <= LONGEST_NUMBER
                    ? plain
                    : number.unscaledValue().abs().compareTo(BigInteger.TEN) < 0
                            ? number.unscaledValue() + "e" + -number.scale()
                            : number.toString();
        }
    }

    /** Logarithmic where the ratios of neighbours are more alike than their differences, or there are only two, a decade apart. */
    private static Scale scale(List<JsonNode> values) {
        if (!values.stream().allMatch(JsonNode::isNumber)) {
            return Scale.NOMINAL;
        }
        double[] numbers =
                values.stream().mapToDouble(JsonNode::asDouble).sorted().toArray();
        if (numbers[0] <= 0 || numbers.length == 1) {
            return Scale.LINEAR;
        }
        double[] logarithms = IntStream.range(0, numbers.length)
                .mapToDouble(i -> Math.log(numbers[i]))
                .toArray();
        boolean wide = numbers[numbers.length - 1] >= DECADE * numbers[0];
        boolean even = numbers.length > 2 && unevenness(logarithms) < unevenness(numbers);
        return wide && (even || numbers.length == 2) ? Scale.LOGARITHMIC : Scale.LINEAR;
    }

    /** The largest gap between neighbours as a multiple of the smallest. */
    private static double unevenness(double[] ascending) {
        double[] gaps = IntStream.range(1, ascending.length)
                .mapToDouble(i -> ascending[i] - ascending[i - 1])
                .sorted()
                .toArray();
        return gaps[gaps.length - 1] / gaps[0];
    }
}
