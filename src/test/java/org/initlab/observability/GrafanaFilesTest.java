package org.initlab.observability;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What docker-compose mounts into Grafana. */
class GrafanaFilesTest {
    private static final Path PROVISIONING = Path.of("observability", "grafana", "provisioning");
    private static final int COLUMNS = 24;

    @Test
    void everyQueryHasADataSourceThatIsProvisioned() throws IOException {
        JsonNode datasources = new JsonMapper()
                .valueToTree(new Yaml().load(Files.readString(PROVISIONING.resolve("datasources/datasources.yaml"))));
        List<String> provisioned = new ArrayList<>();
        for (JsonNode source : datasources.get("datasources")) {
            provisioned.add(source.get("uid").asString());
        }
        List<Dashboard.Query> queries = provisioned.stream()
                .flatMap(uid -> Dashboard.queries(uid).stream())
                .toList();

        assertThat(provisioned).containsExactly("prometheus", "initlab");
        assertThat(queries).hasSize(targets());
    }

    private static int targets() {
        return Dashboard.all().stream()
                .mapToInt(dashboard -> dashboard.json().findValues("expr").size()
                        + dashboard.json().findValues("rawSql").size()
                        + (int) dashboard
                                .json()
                                .at("/templating/list")
                                .valueStream()
                                .filter(variable -> variable.get("query").isString())
                                .count())
                .sum();
    }

    @Test
    void everyPanelHasAnIdentityAndAPlaceOfItsOwn() {
        for (Dashboard dashboard : Dashboard.all()) {
            Set<Integer> ids = new HashSet<>();
            Set<String> cells = new HashSet<>();
            for (JsonNode panel : dashboard.json().get("panels")) {
                assertThat(ids.add(panel.get("id").asInt()))
                        .as(panel.toString())
                        .isTrue();
                JsonNode place = panel.get("gridPos");
                for (int x = 0; x < place.get("w").asInt(); x++) {
                    for (int y = 0; y < place.get("h").asInt(); y++) {
                        int column = place.get("x").asInt() + x;
                        assertThat(column).isLessThan(COLUMNS);
                        assertThat(cells.add(column + " " + (place.get("y").asInt() + y)))
                                .as("%s / %s covers another", dashboard.file(), panel.get("title"))
                                .isTrue();
                    }
                }
            }
        }
    }
}
