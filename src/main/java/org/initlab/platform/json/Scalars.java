package org.initlab.platform.json;

import java.math.BigInteger;
import java.util.Collection;
import tools.jackson.databind.JsonNode;

/** Reads single values; what is wrong with one is the message of the exception. */
final class Scalars {
    /** Up to here every whole number has a double of its own. */
    private static final double MAX_EXACT = 1L << 53;

    private Scalars() {}

    static final class FaultyValue extends Exception {
        FaultyValue(String message) {
            super(message);
        }
    }

    static Object read(JsonNode node, Class<?> type, boolean numberAsText) throws FaultyValue {
        if (type == String.class) {
            return numberAsText && node.isIntegralNumber() ? node.asString() : text(node);
        } else if (type == Integer.class) {
            return (int) whole(node, Integer.MIN_VALUE, Integer.MAX_VALUE);
        } else if (type == Long.class) {
            return whole(node, Long.MIN_VALUE, Long.MAX_VALUE);
        } else if (type == Double.class) {
            return number(node);
        } else if (type == Boolean.class) {
            return truth(node);
        }
        throw new IllegalArgumentException("components of " + type + " are not supported");
    }

    /** One of the names that are allowed. */
    static String oneOf(Collection<String> names, JsonNode node) throws FaultyValue {
        if (names.contains(node.stringValue(null))) {
            return node.stringValue();
        }
        String end = node.isString() ? Nearest.question(node.stringValue(), names) : ", not " + kind(node);
        throw new FaultyValue("must be one of " + String.join(", ", names) + end);
    }

    private static String text(JsonNode node) throws FaultyValue {
        String text = require(node.isString(), node, "a string").asString();
        boolean printable = text.codePoints()
                .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE);
        if (!printable) {
            throw new FaultyValue("must not contain control characters or halves of surrogate pairs");
        }
        return text;
    }

    private static long whole(JsonNode node, long min, long max) throws FaultyValue {
        require(node.isNumber(), node, "a whole number");
        BigInteger value;
        if (node.isIntegralNumber()) {
            value = node.bigIntegerValue();
        } else if (node.doubleValue() == Math.rint(node.doubleValue()) && Math.abs(node.doubleValue()) <= MAX_EXACT) {
            value = BigInteger.valueOf((long) node.doubleValue());
        } else {
            throw new FaultyValue("must be a whole number");
        }
        if (value.compareTo(BigInteger.valueOf(min)) < 0 || value.compareTo(BigInteger.valueOf(max)) > 0) {
            throw new FaultyValue("must be between " + min + " and " + max);
        }
        return value.longValue();
    }

    private static double number(JsonNode node) throws FaultyValue {
        double value = require(node.isNumber(), node, "a number").asDouble();
        if (!Double.isFinite(value)) {
            throw new FaultyValue("must be a number of double precision, up to 1.8e308");
        }
        return value;
    }

    private static boolean truth(JsonNode node) throws FaultyValue {
        return require(node.isBoolean(), node, "true or false").booleanValue();
    }

    private static JsonNode require(boolean right, JsonNode node, String wanted) throws FaultyValue {
        if (!right) {
            throw new FaultyValue("must be " + wanted + ", not " + kind(node));
        }
        return node;
    }

    /** What a value is, in words. */
    static String kind(JsonNode node) {
        return switch (node.getNodeType()) {
            case STRING -> "a string";
            case NUMBER -> "a number";
            case BOOLEAN -> "a boolean";
            case ARRAY -> "an array";
            case OBJECT -> "an object";
            default -> "null";
        };
    }
}
