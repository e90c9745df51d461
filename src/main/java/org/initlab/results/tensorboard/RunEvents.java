package org.initlab.results.tensorboard;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.initlab.run.CommittedEpoch;
import org.initlab.run.EpochRow;
import org.initlab.run.RunState;
import org.initlab.run.RunView;
import org.initlab.training.StepLosses;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What TensorBoard is told of a run: its hyperparameters, then the steps and numbers of each epoch, then how it ended. */
final class RunEvents {
    private static final double NANOS = 1e9;

    private final JsonMapper json;

    RunEvents(JsonMapper json) {
        this.json = json;
    }

    /**
     * Writes how a file begins.
     *
     * @param anew whether TensorBoard may have read another file of the run
     */
    void start(Map<String, Object> hyperparameters, RunView run, boolean anew, OutputStream out) throws IOException {
        double time = seconds(run.createdAt());
        out.write(EventRecord.of(Events.version(time)));
        if (anew) {
            out.write(EventRecord.of(Events.restart(time)));
        }
        out.write(EventRecord.of(Events.sessionStart(time, hyperparameters)));
    }

    /**
     * Writes what a run has measured, each epoch after the losses of its steps and all at the time of its commit, and how it ended
     * if it has.
     *
     * @param steps by epoch, from the first of the epochs on
     */
    void more(RunView run, List<CommittedEpoch> epochs, SortedMap<Integer, StepLosses> steps, OutputStream out)
            throws IOException {
        int next = steps.isEmpty() ? 0 : steps.firstKey();
        for (CommittedEpoch epoch : epochs) {
            next = epoch.row().epoch() + 1;
            double time = seconds(epoch.at());
            write(steps.getOrDefault(epoch.row().epoch(), StepLosses.NONE), time, out);
            out.write(EventRecord.of(Events.scalars(time, epoch.row().epoch(), numbers(epoch.row()))));
        }
        if (run.state().isFinal()) {
            double time = seconds(run.finishedAt());
            // of the epoch in which it diverged
            for (StepLosses unfinished : steps.tailMap(next).values()) {
                write(unfinished, time, out);
            }
            out.write(EventRecord.of(Events.sessionEnd(time, run.state() == RunState.SUCCEEDED)));
        }
    }

    private static void write(StepLosses steps, double time, OutputStream out) throws IOException {
        for (int i = 0; i < steps.steps().length; i++) {
            Map<String, Double> loss = Map.of(Events.STEP_LOSS, steps.losses()[i]);
            out.write(EventRecord.of(Events.scalars(time, steps.steps()[i], loss)));
        }
    }

    /** By the names of the JSON; what was not measured or is not finite is left out. */
    private Map<String, Double> numbers(EpochRow row) {
        JsonNode fields = json.valueToTree(row);
        Map<String, Double> numbers = new LinkedHashMap<>();
        for (String name : fields.propertyNames()) {
            // the second is rowsPerSecond again
            if (fields.get(name).isNumber() && !name.equals("epoch") && !name.equals("imagesPerSecond")) {
                numbers.put(name, fields.get(name).asDouble());
            }
        }
        return numbers;
    }

    /** Since 1970, as TensorBoard has it. */
    static double seconds(Instant time) {
        return time.getEpochSecond() + time.getNano() / NANOS;
    }
}
