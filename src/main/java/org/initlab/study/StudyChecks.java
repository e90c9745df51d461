package org.initlab.study;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.initlab.experiment.CheckedSpec;
import org.initlab.experiment.ExperimentSpec;
import org.initlab.experiment.SpecChecks;
import org.initlab.platform.json.Bound;
import org.initlab.platform.json.RecordBinder;
import org.initlab.platform.problem.Fault;
import org.initlab.platform.problem.InvalidRequestException;
import org.initlab.study.SpecField.NoSuchPlace;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Takes a study from JSON to the specs of its points, and finds everything that keeps them from being trained. */
@Component
class StudyChecks {
    private static final int LONGEST_NAME = 200;
    private static final int SHORTEST_NAME = 10;
    private static final Pattern AN_AXIS = Pattern.compile("/axes/(\\d+)");

    private final RecordBinder binder;
    private final SpecChecks specs;

    StudyChecks(RecordBinder binder, SpecChecks specs) {
        this.binder = binder;
        this.specs = specs;
    }

    /**
     * A study that can be trained.
     *
     * @param points by position, named by their values
     */
    record Checked(String name, ObjectNode base, Grid grid, List<CheckedSpec> points) {}

    /**
     * Checks a study as it came.
     *
     * @throws InvalidRequestException with all that is wrong with it
     */
    Checked check(byte[] json) {
        Bound<StudySpec> read = binder.read(json, StudySpec.class);
        if (read.value() == null || read.value().axes() == null) {
            return refuse(read);
        }
        List<StudySpec.AxisSpec> asked = inPlace(read);
        if (asked.size() > Grid.MOST_POINTS) {
            return refuse(read);
        }
        Bound<StudySpec> ruled = read.with(AxisRules.faults(asked));
        if (!(read.value().base() instanceof ObjectNode base)) {
            return refuse(ruled.with(List.of(new Fault("/base", "must be an object: an experiment's spec"))));
        }
        Bound<StudySpec> placed = ruled.with(unknownPlaces(base, asked, ruled));
        SoundAxes axes = SoundAxes.of(asked, placed);
        if (axes.grid().size() > Grid.MOST_POINTS) {
            Bound<StudySpec> each = placed;
            for (SoundAxes one : axes.oneByOne()) {
                each = each.with(PointFaults.of(one, base, points(base, one.grid())));
            }
            return refuse(each);
        }
        List<CheckedSpec> points = points(base, axes.grid());
        placed.with(PointFaults.of(axes, base, points))
                .with(sameMeanings(axes, points))
                .orThrow();
        return named(read.value().name(), base, axes.grid(), points);
    }

    private List<CheckedSpec> points(ObjectNode base, Grid grid) {
        return specs.checkAll(IntStream.range(0, grid.size())
                .mapToObj(position -> point(base, grid, position))
                .toList());
    }

    /** The axes at their places in the document: one that is not even an object was left out, and is empty here. */
    private static List<StudySpec.AxisSpec> inPlace(Bound<StudySpec> read) {
        List<StudySpec.AxisSpec> axes = new ArrayList<>(read.value().axes());
        read.faults().stream()
                .map(fault -> AN_AXIS.matcher(fault.pointer()))
                .filter(Matcher::matches)
                .forEach(lost -> axes.add(Integer.parseInt(lost.group(1)), new StudySpec.AxisSpec(null, null)));
        return axes;
    }

    private static Checked refuse(Bound<StudySpec> faulty) {
        faulty.orThrow();
        throw new IllegalStateException("a study that cannot be checked has no fault");
    }

    private static Checked named(@Nullable String wanted, ObjectNode base, Grid grid, List<CheckedSpec> points) {
        String name = wanted == null ? points.get(0).spec().name() : wanted;
        return new Checked(
                name,
                base,
                grid,
                IntStream.range(0, grid.size())
                        .mapToObj(position -> points.get(position).named(name(name, grid.name(position))))
                        .toList());
    }

    /** The study's name is cut where the two are too long for an experiment's, and the values where they are too long by themselves. */
    private static String name(String study, String values) {
        int room = LONGEST_NAME - values.codePointCount(0, values.length()) - 2;
        return cut(cut(study, Math.max(SHORTEST_NAME, room)) + ": " + values, LONGEST_NAME);
    }

    private static String cut(String text, int most) {
        boolean fits = text.codePointCount(0, text.length()) <= most;
        return fits ? text : text.substring(0, text.offsetByCodePoints(0, most - 1)) + "…";
    }

    private static ObjectNode point(ObjectNode base, Grid grid, int position) {
        ObjectNode spec = base.deepCopy();
        List<JsonNode> values = grid.values(position);
        for (int axis = 0; axis < values.size(); axis++) {
            try {
                SpecField.set(spec, pointer(grid, axis), values.get(axis));
            } catch (NoSuchPlace e) {
                throw new IllegalStateException("the pointer was not checked", e);
            }
        }
        return spec;
    }

    private static JsonPointer pointer(Grid grid, int axis) {
        return JsonPointer.compile(grid.axes().get(axis).pointer());
    }

    private List<Fault> unknownPlaces(ObjectNode base, List<StudySpec.AxisSpec> axes, Bound<StudySpec> study) {
        List<Fault> faults = new ArrayList<>();
        for (int axis = 0; axis < axes.size(); axis++) {
            String at = "/axes/" + axis + "/pointer";
            if (axes.get(axis).pointer() == null || study.isFaulty(at)) {
                continue;
            }
            try {
                unknown(base, JsonPointer.compile(axes.get(axis).pointer()))
                        .forEach(detail -> faults.add(new Fault(at, detail)));
            } catch (NoSuchPlace e) {
                faults.add(new Fault(at, e.getMessage()));
            }
        }
        return faults;
    }

    /** What is wrong with the field itself: that which is so with {@code null} in it, but not without it. */
    private List<String> unknown(ObjectNode base, JsonPointer pointer) throws NoSuchPlace {
        ObjectNode with = base.deepCopy();
        SpecField.set(with, pointer, JsonNodeFactory.instance.nullNode());
        if (with.at(pointer.head()).isArray()) {
            return List.of();
        }
        ObjectNode without = base.deepCopy();
        if (!base.at(pointer).isMissingNode()) {
            SpecField.set(without, pointer, null);
        }
        Set<Fault> anyway = new HashSet<>(faults(without));
        anyway.addAll(required(base, pointer));
        return faults(with).stream()
                .filter(fault -> !anyway.contains(fault) && AxisRules.overlap(fault.pointer(), pointer.toString()))
                .map(Fault::detail)
                .toList();
    }

    /** What the field has to be given, which the axis does, even in an object that the base leaves out. */
    private List<Fault> required(ObjectNode base, JsonPointer pointer) throws NoSuchPlace {
        ObjectNode absent = base.deepCopy();
        SpecField.set(absent, pointer, null);
        return faults(absent).stream()
                .filter(fault -> fault.pointer().equals(pointer.toString()))
                .toList();
    }

    private List<Fault> faults(ObjectNode spec) {
        return binder.read(spec, ExperimentSpec.class).faults();
    }

    /** Values that differ, but not once the defaults are filled in. */
    private static List<Fault> sameMeanings(SoundAxes axes, List<CheckedSpec> points) {
        Grid grid = axes.grid();
        List<Fault> faults = new ArrayList<>();
        Map<ExperimentSpec, Integer> seen = new HashMap<>();
        for (int position = 0; position < points.size(); position++) {
            if (!points.get(position).faults().isEmpty()) {
                continue;
            }
            Integer earlier = seen.putIfAbsent(points.get(position).spec(), position);
            if (earlier != null) {
                int[] indexes = grid.indexes(position);
                int[] before = grid.indexes(earlier);
                int axis = IntStream.range(0, indexes.length)
                        .filter(i -> indexes[i] != before[i])
                        .findFirst()
                        .orElseThrow();
                Fault fault = new Fault(
                        axes.pointer(axis, indexes[axis]),
                        "comes to the same spec as " + axes.pointer(axis, before[axis])
                                + " once the defaults are filled in");
                if (!faults.contains(fault)) {
                    faults.add(fault);
                }
            }
        }
        return faults;
    }
}
