package org.initlab.results.tensorboard;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.UUID;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.initlab.run.CommittedEpoch;
import org.initlab.run.RunView;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** An experiment's event files as an archive, of which one run at a time is in memory. */
@Component
public class TensorBoardZip {
    private static final int BUFFER = 1 << 16;

    private final BoardReader reader;
    private final RunEvents events;

    TensorBoardZip(BoardReader reader, JsonMapper json) {
        this.reader = reader;
        events = new RunEvents(json);
    }

    /**
     * Writes the archive.
     *
     * @param out left open
     * @throws org.initlab.platform.problem.NotFoundException if there is no such experiment
     */
    public void write(UUID experimentId, OutputStream out) throws IOException {
        Board board = reader.board(experimentId);
        ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
        // the processor may be training
        zip.setLevel(Deflater.BEST_SPEED);
        for (RunView run : board.runs()) {
            List<CommittedEpoch> epochs = reader.epochs(run, 0);
            if (!epochs.isEmpty()) {
                write(board, run, epochs, zip);
            }
        }
        zip.finish();
    }

    private void write(Board board, RunView run, List<CommittedEpoch> epochs, ZipOutputStream zip) throws IOException {
        String folder = board.folder() + "/" + BoardNames.run(run.arm(), run.trial());
        ZipEntry entry = new ZipEntry(folder + "/" + RunFolder.name(1));
        // equal content gives equal bytes
        entry.setLastModifiedTime(FileTime.from(run.createdAt()));
        zip.putNextEntry(entry);
        OutputStream buffered = new BufferedOutputStream(zip, BUFFER);
        events.start(board.hyperparameters(run), run, false, buffered);
        events.more(run, epochs, reader.steps(run, 0), buffered);
        buffered.flush();
        zip.closeEntry();
    }
}
