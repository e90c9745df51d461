package org.initlab.training.data;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.initlab.training.spec.DatasetSpec;

/**
 * What keeps a spec's data from being found.
 *
 * @param field the field of {@code dataset}, with an index if it is a list's entry: {@code features/2}
 * @param detail what is wrong, to be read after the field's name
 */
public record DatasetFault(String field, String detail) {

    /** The faults of fields that only tables have, for a spec of other data. */
    public static List<DatasetFault> ofTablesOnly(DatasetSpec spec) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("label", spec.label());
        fields.put("features", spec.features());
        fields.put("exclude", spec.exclude());
        fields.put("log", spec.log());
        fields.put("clip", spec.clip());
        fields.put("testPath", spec.testPath());
        fields.put("testShare", spec.testShare());
        fields.put("splitSeed", spec.splitSeed());
        fields.put("group", spec.group());
        return fields.entrySet().stream()
                .filter(field -> field.getValue() != null)
                .map(field -> new DatasetFault(field.getKey(), "only applies to the data sets table and wisconsin"))
                .toList();
    }
}
