package org.initlab.analysis;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/** Holm's step-down adjustment, which bounds the chance of any false positive among several tests (Holm 1979). */
final class Holm {
    private Holm() {}

    /**
     * Adjusts p-values.
     *
     * @param p one per test; {@code null} means no test, does not count and stays {@code null}
     */
    static List<Double> adjust(List<Double> p) {
        int[] ascending = IntStream.range(0, p.size())
                .filter(i -> p.get(i) != null)
                .boxed()
                .sorted(Comparator.comparing(p::get))
                .mapToInt(Integer::intValue)
                .toArray();
        Double[] adjusted = new Double[p.size()];
        double floor = 0;
        for (int rank = 0; rank < ascending.length; rank++) {
            double raised = Objects.requireNonNull(p.get(ascending[rank])) * (ascending.length - rank);
            floor = Math.max(floor, Math.min(1, raised));
            adjusted[ascending[rank]] = floor;
        }
        return Arrays.asList(adjusted);
    }
}
