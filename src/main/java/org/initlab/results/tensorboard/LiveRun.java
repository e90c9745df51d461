package org.initlab.results.tensorboard;

import java.io.IOException;
import java.util.List;
import org.initlab.results.tensorboard.RunFolder.Written;
import org.initlab.run.CommittedEpoch;
import org.initlab.run.RunView;

/** Brings one run's file up to date. */
final class LiveRun {
    private final RunFolder folder;
    private final BoardReader reader;
    private final RunEvents events;
    private Written written = Written.NOTHING;
    private RunView ended;

    LiveRun(RunFolder folder, BoardReader reader, RunEvents events) {
        this.folder = folder;
        this.reader = reader;
        this.events = events;
    }

    /** Writes what the file lacks. */
    void bring(Board board, RunView run) throws IOException {
        if (run.equals(ended)) {
            return;
        }
        if (!folder.holds(written)) {
            written = folder.read();
        }
        List<CommittedEpoch> epochs = reader.epochs(run, Math.max(written.epoch(), 0));
        if (goesOn(epochs)) {
            List<CommittedEpoch> more = epochs.subList(1, epochs.size());
            if (!written.ended()) {
                written = append(written, run, more);
            } else if (!run.state().isFinal() || !more.isEmpty()) {
                beginAnew(board, run);
            }
        } else if (!epochs.isEmpty() || written.file() > 0) {
            beginAnew(board, run);
        }
        ended = run.state().isFinal() ? run : null;
    }

    /** Whether the last epoch in the file is still that of the run, which may have gone back since. */
    private boolean goesOn(List<CommittedEpoch> epochs) {
        return written.epoch() >= 0
                && !epochs.isEmpty()
                && epochs.get(0).row().epoch() == written.epoch()
                && RunEvents.seconds(epochs.get(0).at()) == written.time();
    }

    private void beginAnew(Board board, RunView run) throws IOException {
        Written old = written;
        // of a file without a whole epoch TensorBoard has nothing to forget
        int file = old.epoch() < 0 ? Math.max(old.file(), 1) : old.file() + 1;
        Written empty = new Written(file, 0, -1, 0, false);
        Written begun = folder.append(empty, out -> events.start(board.hyperparameters(run), run, file > 1, out));
        written = append(begun, run, reader.epochs(run, 0));
        if (old.file() < file) {
            folder.delete(old.file());
        }
    }

    private Written append(Written before, RunView run, List<CommittedEpoch> epochs) throws IOException {
        Written after =
                folder.append(before, out -> events.more(run, epochs, reader.steps(run, before.epoch() + 1), out));
        CommittedEpoch last = epochs.isEmpty() ? null : epochs.get(epochs.size() - 1);
        return new Written(
                after.file(),
                after.length(),
                last == null ? before.epoch() : last.row().epoch(),
                last == null ? before.time() : RunEvents.seconds(last.at()),
                run.state().isFinal());
    }
}
