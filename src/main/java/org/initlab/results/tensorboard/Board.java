package org.initlab.results.tensorboard;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.initlab.run.RunView;
import tools.jackson.databind.JsonNode;

/**
 * An experiment as TensorBoard shows it.
 *
 * @param folder the name of its folder
 * @param shared the hyperparameters that all runs have in common, by their paths in the spec
 * @param runs those that a worker has begun
 */
record Board(UUID experimentId, String folder, Map<String, Object> shared, List<RunView> runs) {
    private static final List<String> PARTS = List.of("dataset", "model", "training", "evaluation");

    static Board of(UUID experimentId, String name, JsonNode spec, List<RunView> runs) {
        Map<String, Object> shared = new LinkedHashMap<>();
        for (String part : PARTS) {
            collect(part, spec.get(part), shared);
        }
        return new Board(
                experimentId,
                BoardNames.experiment(name, experimentId),
                shared,
                runs.stream().filter(Board::hasBegun).toList());
    }

    private static boolean hasBegun(RunView run) {
        return run.biasValue() != null;
    }

    /** Numbers, truth values and texts at any depth, except in lists. */
    private static void collect(String path, JsonNode node, Map<String, Object> found) {
        if (node.isObject()) {
            node.propertyNames().forEach(name -> collect(path + "." + name, node.get(name), found));
        } else if (node.isNumber()) {
            found.put(path, node.asDouble());
        } else if (node.isBoolean()) {
            found.put(path, node.asBoolean());
        } else if (node.isString()) {
            found.put(path, node.asString());
        }
    }

    Map<String, Object> hyperparameters(RunView run) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("arm", run.arm());
        all.put("trial", run.trial());
        all.put("seed", run.seed());
        all.put("biasValue", run.biasValue());
        all.putAll(shared);
        return all;
    }
}
