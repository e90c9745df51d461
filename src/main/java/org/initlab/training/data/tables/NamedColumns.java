package org.initlab.training.data.tables;

import java.util.List;
import java.util.stream.Collectors;
import org.initlab.training.data.DatasetFault;
import org.jspecify.annotations.Nullable;

/** Checks the columns that a spec names against a header. */
final class NamedColumns {
    private static final int SHOWN = 12;

    private final List<String> header;
    private final String file;
    private final List<DatasetFault> faults;

    NamedColumns(List<String> header, String file, List<DatasetFault> faults) {
        this.header = header;
        this.file = file;
        this.faults = faults;
    }

    void check(String field, @Nullable String column) {
        if (column != null && !header.contains(column)) {
            faults.add(new DatasetFault(field, unknown(column)));
        }
    }

    void check(String field, @Nullable List<String> columns) {
        if (columns == null) {
            return;
        }
        for (int i = 0; i < columns.size(); i++) {
            String column = columns.get(i);
            if (columns.indexOf(column) < i) {
                faults.add(new DatasetFault(field + "/" + i, "names \"" + column + "\" a second time"));
            } else {
                check(field + "/" + i, column);
            }
        }
    }

    private String unknown(String column) {
        String similar = header.stream()
                .filter(name -> name.strip().equalsIgnoreCase(column.strip()))
                .findFirst()
                .map(name -> "; did you mean \"" + name + "\"?")
                .orElseGet(this::present);
        return "names \"" + column + "\", which is not a column of " + file + similar;
    }

    private String present() {
        if (header.size() == 1) {
            return ", which has only \"" + header.get(0)
                    + "\"; in a .csv, the first line must name the columns, with commas,"
                    + " semicolons or tabs between them";
        }
        return ", which has "
                + header.stream().limit(SHOWN).collect(Collectors.joining("\", \"", "\"", "\""))
                + (header.size() > SHOWN ? " and " + (header.size() - SHOWN) + " more" : "");
    }
}
