package org.initlab.observability;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A dashboard of Grafana's as it is provisioned. */
record Dashboard(String file, JsonNode json) {
    private static final Path GRAFANA = Path.of("observability", "grafana");

    /** One query of a panel or a variable; its text is PromQL or SQL by the data source. */
    record Query(String place, String datasource, String text) {}

    static List<Dashboard> all() {
        try (Stream<Path> files = Files.list(GRAFANA.resolve("dashboards"))) {
            return files.sorted()
                    .map(file -> new Dashboard(file.getFileName().toString(), read(file)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Query> queries(String datasource) {
        return all().stream()
                .flatMap(dashboard -> dashboard.queries().stream())
                .filter(query -> query.datasource().equals(datasource))
                .toList();
    }

    private List<Query> queries() {
        List<Query> queries = new ArrayList<>();
        for (JsonNode panel : json.get("panels")) {
            for (JsonNode target : panel.path("targets")) {
                String text = target.has("rawSql")
                        ? target.get("rawSql").asString()
                        : target.get("expr").asString();
                queries.add(new Query(
                        file + " / " + panel.get("title").asString(),
                        target.at("/datasource/uid").asString(),
                        text));
            }
        }
        for (JsonNode variable : json.at("/templating/list")) {
            if (variable.get("query").isString()) {
                String place = file + " / $" + variable.get("name").asString();
                queries.add(new Query(
                        place,
                        variable.at("/datasource/uid").asString(),
                        variable.get("query").asString()));
            }
        }
        return queries;
    }

    private static JsonNode read(Path file) {
        try {
            return new JsonMapper().readTree(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
