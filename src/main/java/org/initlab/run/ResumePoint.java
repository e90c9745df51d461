package org.initlab.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.initlab.training.Snapshot;
import org.initlab.training.spec.TrainingException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where an attempt continues a run. */
record ResumePoint(CheckpointRef checkpoint, Snapshot snapshot) {
    private static final Logger log = LoggerFactory.getLogger(ResumePoint.class);

    /**
     * Finds the newest checkpoint that can be read; the run's warnings tell of each that cannot.
     *
     * @return empty for a run that begins
     * @throws NoCheckpointException if none can be read and the run must not begin again
     */
    static Optional<ResumePoint> find(
            Assignment work, CheckpointStore checkpoints, RunLedger ledger, OutagePatience patience) {
        Optional<ResumePoint> found = Optional.empty();
        List<CheckpointRef> unreadable = new ArrayList<>();
        List<String> reasons = new ArrayList<>();
        for (CheckpointRef checkpoint : work.checkpoints()) {
            try {
                found = Optional.of(new ResumePoint(checkpoint, checkpoints.read(checkpoint)));
                break;
            } catch (UnreadableCheckpointException e) {
                unreadable.add(checkpoint);
                reasons.add("the checkpoint " + checkpoint + " " + e.getMessage());
            }
        }
        if (!unreadable.isEmpty()) {
            fallBack(
                    work, unreadable, String.join("; ", reasons), found.map(ResumePoint::checkpoint), ledger, patience);
        }
        return found;
    }

    private static void fallBack(
            Assignment work,
            List<CheckpointRef> unreadable,
            String reasons,
            Optional<CheckpointRef> resumed,
            RunLedger ledger,
            OutagePatience patience) {
        if (resumed.isEmpty() && !work.mayRestart()) {
            throw new NoCheckpointException(
                    reasons
                            + ": there is no other; restore the checkpoint folder, or retry without it to begin this run again");
        }
        String warning = reasons + "; the run went on from "
                + resumed.map(checkpoint -> "the one " + checkpoint).orElse("the beginning");
        log.warn("Run {}: {}", work.lease().runId(), warning);
        patience.persist(() -> ledger.fellBack(work.lease(), unreadable, resumed, warning));
    }

    /** None of the run's checkpoints can be read. */
    static final class NoCheckpointException extends TrainingException {
        NoCheckpointException(String message) {
            super(message);
        }
    }
}
