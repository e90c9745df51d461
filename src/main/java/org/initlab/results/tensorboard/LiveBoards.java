package org.initlab.results.tensorboard;

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
    private final Map<UUID, Map<UUID, LiveRun>> growing = new HashMap<>();

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
        Map<UUID, LiveRun> runs = growing.computeIfAbsent(id, any -> new HashMap<>());
        for (RunView run : board.runs()) {
            runs.computeIfAbsent(
                            run.id(),
                            any -> new LiveRun(
                                    new RunFolder(folder.resolve(BoardNames.run(run.arm(), run.trial()))),
                                    reader,
                                    events))
                    .bring(board, run);
        }
        if (board.over()) {
            growing.remove(id);
        }
        if (Files.isDirectory(folder)) {
            Files.writeString(mark, Long.toString(revision));
        }
    }

    private static boolean isMarked(Path mark, long revision) throws IOException {
        try {
            return Files.readString(mark).equals(Long.toString(revision));
        } catch (NoSuchFileException e) {
            return false;
        }
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
