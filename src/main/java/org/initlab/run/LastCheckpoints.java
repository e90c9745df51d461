package org.initlab.run;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import org.initlab.platform.problem.ConflictException;
import org.initlab.platform.problem.NotFoundException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Opens runs' last checkpoints for those who take them along. */
@Component
public class LastCheckpoints {
    private static final Logger log = LoggerFactory.getLogger(LastCheckpoints.class);
    /** A worker that trains replaces the checkpoint now and then. */
    private static final int TRIES = 5;

    private final CheckpointTable checkpoints;
    private final CheckpointStore store;
    private final EpochTable epochs;

    LastCheckpoints(CheckpointTable checkpoints, CheckpointStore store, EpochTable epochs) {
        this.checkpoints = checkpoints;
        this.store = store;
        this.epochs = epochs;
    }

    /**
     * Opens the newest checkpoint of a run.
     *
     * @throws NotFoundException if there is none yet, or never will be
     * @throws ConflictException if it has been removed, or is not on this host
     */
    public LastCheckpoint open(RunView run) {
        for (int left = TRIES; ; left--) {
            CheckpointRef newest = newest(run);
            try {
                return new LastCheckpoint(newest, store.open(newest));
            } catch (NoSuchFileException e) {
                if (left == 1 || newest.equals(newest(run))) {
                    log.debug("The checkpoint {} is not here", newest.file(), e);
                    throw new ConflictException("the checkpoint " + newest + " is not on this host: either "
                            + (run.worker() == null ? "its worker" : run.worker())
                            + " keeps its checkpoints elsewhere, so ask that host or set initlab.checkpoint.folder to one"
                            + " that all hosts share; or the file has been deleted");
                }
            } catch (IOException e) {
                log.warn("The checkpoint {} cannot be opened", newest.file(), e);
                throw new ConflictException("the checkpoint " + newest
                        + " cannot be opened; let the service's user read the checkpoint folder on this host");
            }
        }
    }

    private CheckpointRef newest(RunView run) {
        List<CheckpointRef> newestFirst = checkpoints.newestFirst(run.id());
        if (!newestFirst.isEmpty()) {
            return newestFirst.get(0);
        }
        if (!epochs.ofRun(run.id()).isEmpty()) {
            throw new ConflictException("the checkpoints of this run have been removed; its metrics are all there is");
        }
        throw new NotFoundException(
                run.state().isFinal()
                        ? "this run ended before its first checkpoint, so there is nothing to take along"
                        : "this run has no checkpoint yet; the first one comes after epoch 0, before any training");
    }
}
