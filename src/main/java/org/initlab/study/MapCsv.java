package org.initlab.study;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import tools.jackson.databind.JsonNode;

/** A map as CSV, a row for each point, with empty fields for what is not known. */
public final class MapCsv {
    private static final CSVFormat FORMAT =
            CSVFormat.DEFAULT.builder().setRecordSeparator('\n').get();
    private static final List<String> COLUMNS = List.of(
            "experiment_id",
            "state",
            "arm",
            "baseline",
            "metric",
            "epoch",
            "pairs",
            "mean",
            "ci_low",
            "ci_high",
            "interval_level",
            "interval_low",
            "interval_high",
            "margin",
            "equivalence_p",
            "t_test_p",
            "t_test_p_adjusted",
            "verdict");

    private MapCsv() {}

    /** The axes' pointers and what is said of each point. */
    public static String of(MapView map) {
        StringBuilder text = new StringBuilder();
        try (CSVPrinter csv = FORMAT.print(text)) {
            List<String> header =
                    new ArrayList<>(map.axes().stream().map(GridAxis::pointer).toList());
            header.addAll(COLUMNS);
            csv.printRecord(header);
            for (MapView.MapPoint point : map.points()) {
                csv.printRecord(row(map, point));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static List<Object> row(MapView map, MapView.MapPoint point) {
        List<Object> row = new ArrayList<>();
        point.values().forEach(value -> row.add(text(value)));
        row.add(point.experimentId());
        row.add(point.state());
        row.add(point.arm());
        row.add(point.baseline());
        row.add(map.metric().name().toLowerCase(Locale.ROOT));
        row.add(point.epoch());
        row.add(point.pairs());
        row.add(point.difference().mean());
        row.add(point.difference().ciLow());
        row.add(point.difference().ciHigh());
        row.add(point.interval() == null ? null : point.interval().level());
        row.add(point.interval() == null ? null : point.interval().low());
        row.add(point.interval() == null ? null : point.interval().high());
        row.add(point.margin());
        row.add(point.equivalence() == null ? null : point.equivalence().p());
        row.add(point.tTestP());
        row.add(point.tTestPAdjusted());
        row.add(point.verdict());
        return row;
    }

    /** A number or a name as it is, anything else as JSON. */
    private static String text(JsonNode value) {
        return value.isNull() ? "" : value.isString() ? value.stringValue() : value.toString();
    }
}
