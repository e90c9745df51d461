package org.initlab;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What an experiment measured, without its timings: equal for experiments that are equal to the bit. */
final class Results {
    private static final List<String> MEASURED = List.of(
            "epoch",
            "trainLoss",
            "loss",
            "rocAuc",
            "prAuc",
            "brier",
            "objective",
            "meanProbability",
            "ece",
            "outputBias");

    private Results() {}

    /** A line for each epoch and step of each run, arm by arm and trial by trial. */
    static List<String> of(ServiceClient client, String path) {
        List<String> lines = new ArrayList<>();
        for (JsonNode arm : client.get(path + "/metrics").body().get("arms")) {
            for (JsonNode trial : arm.get("trials")) {
                String run = arm.get("arm").asString() + " " + trial.get("trial");
                for (JsonNode epoch : trial.get("epochs")) {
                    lines.add(run
                            + MEASURED.stream()
                                    .map(name -> " " + epoch.get(name))
                                    .reduce("", String::concat));
                }
                String steps = path + "/runs/" + trial.get("runId").asString() + "/steps";
                lines.add(run + " " + client.get(steps).body().get("steps"));
            }
        }
        return lines;
    }
}
