package org.initlab.training.data.tables;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.initlab.training.spec.TrainingException;

/** What the names of a table's columns have to be. */
final class Header {
    private Header() {}

    /**
     * Checks the names.
     *
     * @param file its name, for messages
     * @throws TrainingException if there are none, two are equal, or one is no text
     */
    static void check(String file, List<String> names) {
        if (names.isEmpty()) {
            throw new TrainingException(file + " names no column; its first line must hold the columns' names");
        }
        if (names.stream().anyMatch(name -> name.indexOf('\0') >= 0)) {
            throw new TrainingException(file + " has the character U+0000 among its columns' names;"
                    + " if it is UTF-16 without a byte order mark, save it as UTF-8");
        }
        Set<String> seen = new HashSet<>();
        String twice = names.stream()
                .filter(name -> !seen.add(name))
                .distinct()
                .map(name -> "\"" + name + "\"")
                .collect(Collectors.joining(", "));
        if (!twice.isEmpty()) {
            throw new TrainingException(file + " has several columns named " + twice
                    + "; rename all but one, or put the columns' names above the rows if they are missing");
        }
    }
}
