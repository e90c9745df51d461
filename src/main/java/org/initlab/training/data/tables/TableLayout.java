package org.initlab.training.data.tables;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.initlab.training.data.DatasetFault;
import org.initlab.training.spec.DatasetSpec;
import org.jspecify.annotations.Nullable;

/**
 * Which columns a spec uses, and for what.
 *
 * @param label the column that holds the class
 * @param features the columns that the network sees, in order
 * @param log those of them that are replaced by their logarithms
 * @param group the column whose equal values stay in one split; {@code null} for none
 */
record TableLayout(String label, List<String> features, Set<String> log, @Nullable String group) {

    /** The layout of a spec without faults. */
    static TableLayout of(DatasetSpec spec, List<String> header) {
        Set<String> without = new HashSet<>(listed(spec.exclude()));
        without.add(spec.label());
        List<String> features = (spec.features() == null ? header : spec.features())
                .stream().filter(column -> !without.contains(column)).toList();
        return new TableLayout(spec.label(), features, Set.copyOf(listed(spec.log())), spec.group());
    }

    /**
     * Finds what a spec asks for that its table does not have.
     *
     * @param file the file's name, for messages
     */
    static List<DatasetFault> faults(DatasetSpec spec, List<String> header, String file) {
        List<DatasetFault> faults = new ArrayList<>();
        NamedColumns columns = new NamedColumns(header, file, faults);
        columns.check("label", spec.label());
        columns.check("group", spec.group());
        columns.check("features", spec.features());
        columns.check("exclude", spec.exclude());
        columns.check("log", spec.log());
        if (!faults.isEmpty()) {
            return faults;
        }
        int label = listed(spec.features()).indexOf(spec.label());
        if (label >= 0) {
            faults.add(new DatasetFault("features/" + label, "must not name the label"));
            return faults;
        }
        TableLayout layout = of(spec, header);
        if (layout.features().isEmpty()) {
            faults.add(new DatasetFault(
                    spec.exclude() == null ? "path" : "exclude", "leaves no column for the network to learn from"));
        }
        List<String> log = listed(spec.log());
        for (int i = 0; i < log.size(); i++) {
            if (!layout.features().contains(log.get(i))) {
                faults.add(
                        new DatasetFault("log/" + i, "names \"" + log.get(i) + "\", which is not among the features"));
            }
        }
        return faults;
    }

    /** All columns that are read. */
    List<String> all() {
        List<String> columns = new ArrayList<>(features);
        columns.add(label);
        if (group != null && !features.contains(group) && !group.equals(label)) {
            columns.add(group);
        }
        return columns;
    }

    private static List<String> listed(@Nullable List<String> columns) {
        return columns == null ? List.of() : columns;
    }
}
