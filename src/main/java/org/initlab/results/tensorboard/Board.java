package org.initlab.results.tensorboard;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.initlab.experiment.ExperimentOutline;
import org.initlab.run.RunView;
import tools.jackson.databind.JsonNode;

/**
 * An experiment as TensorBoard shows it.
 *
 * @param folder the name of its folder
 * @param over whether it is finished
 * @param shared the hyperparameters that all runs have in common, by their paths in the spec
 * @param runs those that a worker has begun
 */
record Board(String folder, boolean over, Map<String, Object> shared, List<RunView> runs) {
    private static final List<String> PARTS = List.of("dataset", "model", "training", "evaluation");

    static Board of(ExperimentOutline experiment, JsonNode spec, List<RunView> runs) {
        Map<String, Object> shared = new LinkedHashMap<>();
        for (String part : PARTS) {
            collect(part, spec.get(part), shared);
        }
        return new Board(
                BoardNames.experiment(experiment.name(), experiment.id()),
                experiment.state().isFinal(),
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
