package org.initlab.study;

import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.initlab.experiment.CheckedSpec;
import org.initlab.platform.problem.Fault;
import tools.jackson.databind.node.ObjectNode;

/** Tells what is wrong with the points' specs as faults of the study: of the base, or of an axis and its value. */
final class PointFaults {
    private static final int LONGEST_VALUE = 80;

    private final SoundAxes axes;
    private final Grid grid;
    private final ObjectNode base;

    private PointFaults(SoundAxes axes, ObjectNode base) {
        this.axes = axes;
        this.base = base;
        grid = axes.grid();
    }

    /**
     * All of them, each once.
     *
     * @param axes the axes that the points were made of; where there are others, what the base lacks may be theirs to give
     */
    static List<Fault> of(SoundAxes axes, ObjectNode base, List<CheckedSpec> points) {
        Map<Fault, BitSet> positions = new LinkedHashMap<>();
        for (int position = 0; position < points.size(); position++) {
            for (Fault fault : points.get(position).faults()) {
                positions.computeIfAbsent(fault, any -> new BitSet()).set(position);
            }
        }
        PointFaults told = new PointFaults(axes, base);
        Set<Fault> all = new LinkedHashSet<>();
        positions.forEach((fault, where) -> told.of(fault, where).forEach(all::add));
        return List.copyOf(all);
    }

    private Stream<Fault> of(Fault fault, BitSet where) {
        Optional<Integer> own = axes().filter(axis -> (fault.pointer() + "/").startsWith(pointer(axis) + "/"))
                .findFirst();
        if (own.isPresent()) {
            return ofValues(own.get(), fault, where);
        }
        if (where.cardinality() == grid.size()) {
            return axes.areAll() || !base.at(fault.pointer()).isMissingNode()
                    ? Stream.of(new Fault("/base" + fault.pointer(), fault.detail()))
                    : Stream.empty();
        }
        return axes().filter(axis -> decides(axis, where))
                .findFirst()
                .map(axis -> ofValues(axis, fault, where))
                .orElseGet(() -> Stream.of(ofPoint(fault, where.nextSetBit(0))));
    }

    private Stream<Integer> axes() {
        return IntStream.range(0, grid.axes().size()).boxed();
    }

    private String pointer(int axis) {
        return grid.axes().get(axis).pointer();
    }

    /** Whether a point has the fault or not by its value on this axis only. */
    private boolean decides(int axis, BitSet where) {
        return IntStream.range(0, grid.axes().get(axis).values().size()).allMatch(value -> {
            long faulty =
                    IntStream.of(grid.positions(axis, value)).filter(where::get).count();
            return faulty == 0 || faulty == grid.positions(axis, value).length;
        });
    }

    private Stream<Fault> ofValues(int axis, Fault fault, BitSet where) {
        boolean within = fault.pointer().startsWith(pointer(axis));
        String rest = within ? fault.pointer().substring(pointer(axis).length()) : "";
        return where.stream()
                .map(position -> grid.indexes(position)[axis])
                .distinct()
                .mapToObj(value -> {
                    int[] positions = grid.positions(axis, value);
                    boolean always = IntStream.of(positions).allMatch(where::get);
                    int first = IntStream.of(positions)
                            .filter(where::get)
                            .findFirst()
                            .orElseThrow();
                    return new Fault(
                            axes.pointer(axis, value) + rest,
                            value(axis, first) + (always ? "" : " with " + others(axis, first)) + ": "
                                    + (within ? "" : fault.pointer() + ": ") + fault.detail());
                });
    }

    private Fault ofPoint(Fault fault, int position) {
        return new Fault(
                axes.pointer(0, grid.indexes(position)[0]),
                value(0, position) + " with " + others(0, position) + ": " + fault.pointer() + ": " + fault.detail());
    }

    private String others(int axis, int position) {
        return axes().filter(other -> other != axis)
                .map(other -> value(other, position))
                .collect(Collectors.joining(" and "));
    }

    private String value(int axis, int position) {
        String json = grid.values(position).get(axis).toString();
        return pointer(axis) + " = " + (json.length() <= LONGEST_VALUE ? json : json.substring(0, LONGEST_VALUE) + "…");
    }
}
