package org.initlab.results.tensorboard;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.initlab.experiment.Revisions;
import org.initlab.platform.problem.NotFoundException;
import org.initlab.results.tensorboard.RunFolder.Written;
import org.initlab.run.CommittedEpoch;
import org.initlab.run.RunView;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;

/**
 * Brings a folder up to date with all experiments, from what is in the database and what is in the folder, so that it does not matter
 * when the last writer stopped.
 */
final class LiveBoards {
    private static final Logger log = LoggerFactory.getLogger(LiveBoards.class);
    /** Of the experiment when its folder was last up to date; TensorBoard looks at no such file. */
    private static final String REVISION = ".revision";

    private final Path root;
    private final BoardReader reader;
    private final Revisions revisions;
    private final RunEvents events;
    private final Map<UUID, Long> current = new HashMap<>();
    private final Map<UUID, Written> growing = new HashMap<>();

    LiveBoards(Path root, BoardReader reader, Revisions revisions, RunEvents events) {
        this.root = root;
        this.reader = reader;
        this.revisions = revisions;
        this.events = events;
    }

    /**
     * Writes what is missing, and removes the folders of experiments that have been deleted since the last call.
     *
     * @throws IOException if the folder cannot be written to
     */
    void update() throws IOException {
        Map<UUID, Long> all = revisions.all();
        for (UUID known : List.copyOf(current.keySet())) {
            if (!all.containsKey(known)) {
                remove(known);
                current.remove(known);
            }
        }
        for (Map.Entry<UUID, Long> experiment : all.entrySet()) {
            if (!experiment.getValue().equals(current.get(experiment.getKey()))) {
                bring(experiment.getKey(), experiment.getValue());
                current.put(experiment.getKey(), experiment.getValue());
            }
        }
    }

    private void bring(UUID id, long revision) throws IOException {
        Board board;
        try {
            board = reader.board(id);
        } catch (NotFoundException e) {
            log.debug("Experiment {} was deleted at this moment", id, e);
            return;
        }
        Path folder = root.resolve(board.folder());
        Path mark = folder.resolve(REVISION);
        if (board.runs().isEmpty() || isMarked(mark, revision)) {
            return;
        }
        for (RunView run : board.runs()) {
            bring(board, run, new RunFolder(folder.resolve(BoardNames.run(run.arm(), run.trial()))));
        }
        Files.writeString(mark, Long.toString(revision));
    }

    private static boolean isMarked(Path mark, long revision) throws IOException {
        try {
            return Files.readString(mark).equals(Long.toString(revision));
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private void bring(Board board, RunView run, RunFolder folder) throws IOException {
        Written written = growing.containsKey(run.id()) ? growing.get(run.id()) : folder.read();
        List<CommittedEpoch> epochs = reader.epochs(run, Math.max(written.epoch(), 0));
        boolean over = run.state().isFinal();
        if (isContinued(written, epochs)) {
            List<CommittedEpoch> more = written.epoch() < 0 ? epochs : epochs.subList(1, epochs.size());
            if (!written.ended()) {
                write(written, more, run, folder, new ByteArrayOutputStream());
                return;
            }
            if (over && more.isEmpty()) {
                return;
            }
        }
        // of a file without a whole beginning TensorBoard has read nothing
        int file = written.length() == 0 ? Math.max(written.file(), 1) : written.file() + 1;
        ByteArrayOutputStream start = new ByteArrayOutputStream();
        events.start(board.hyperparameters(run), run, file > 1, start);
        write(
                new Written(file, 0, -1, 0, false),
                written.epoch() <= 0 ? epochs : reader.epochs(run, 0),
                run,
                folder,
                start);
        if (written.file() < file) {
            folder.delete(written.file());
        }
    }

    /** Whether the last epoch in a file is still that of the run, which may have gone back since. */
    private static boolean isContinued(Written written, List<CommittedEpoch> epochs) {
        if (written.length() == 0 || written.epoch() < 0) {
            return written.length() > 0;
        }
        return !epochs.isEmpty()
                && epochs.get(0).row().epoch() == written.epoch()
                && RunEvents.seconds(epochs.get(0).at()) == written.time();
    }

    private void write(
            Written before, List<CommittedEpoch> epochs, RunView run, RunFolder folder, ByteArrayOutputStream out)
            throws IOException {
        events.more(run, epochs, reader.steps(run, before.epoch() + 1), out);
        CommittedEpoch last = epochs.isEmpty() ? null : epochs.get(epochs.size() - 1);
        folder.append(before, out);
        growing.put(
                run.id(),
                new Written(
                        before.file(),
                        before.length() + out.size(),
                        last == null ? before.epoch() : last.row().epoch(),
                        last == null ? before.time() : RunEvents.seconds(last.at()),
                        run.state().isFinal()));
    }

    private void remove(UUID id) throws IOException {
        List<Path> folders;
        try (Stream<Path> all = Files.list(root)) {
            folders = all.filter(folder -> folder.getFileName().toString().endsWith(id.toString()))
                    .toList();
        }
        for (Path folder : folders) {
            FileSystemUtils.deleteRecursively(folder);
        }
    }
}
