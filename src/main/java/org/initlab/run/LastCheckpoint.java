package org.initlab.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.commons.codec.digest.DigestUtils;
import org.initlab.platform.problem.ConflictException;
import org.initlab.training.Predictions;
import org.initlab.training.SnapshotContent;
import org.initlab.training.weights.SafetensorsExcerpt;

/** The newest checkpoint of a run, open until it is closed, even if a newer one replaces it meanwhile. */
public final class LastCheckpoint implements AutoCloseable {
    private final CheckpointRef reference;
    private final FileChannel file;

    LastCheckpoint(CheckpointRef reference, FileChannel file) {
        this.reference = reference;
        this.file = file;
    }

    /** Differs wherever the content does. */
    public String tag() {
        return reference.sha256().substring(0, 32);
    }

    /**
     * Reads the whole file once.
     *
     * @throws ConflictException if it is not what was committed
     */
    public void requireSound() {
        MessageDigest sha256 = DigestUtils.getSha256Digest();
        // not closed, as that would close the file
        InputStream in = new DigestInputStream(Channels.newInputStream(file), sha256);
        try {
            file.position(0);
            in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw unreadable(e);
        }
        if (!HexFormat.of().formatHex(sha256.digest()).equals(reference.sha256())) {
            throw unreadable(null);
        }
    }

    /** The parameters and buffers under PyTorch's names, as a safetensors file whose metadata say which run's they are. */
    public SafetensorsExcerpt weights(RunView run) {
        Map<String, String> about = new LinkedHashMap<>();
        about.put("experiment", run.experimentId().toString());
        about.put("run", run.id().toString());
        about.put("arm", run.arm());
        about.put("trial", Integer.toString(run.trial()));
        about.put("epoch", Integer.toString(reference.epoch()));
        about.put("step", Integer.toString(reference.step()));
        try {
            return SnapshotContent.of(file).weights(about);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /**
     * What the network said of the test split after the last finished epoch.
     *
     * @throws ConflictException if the checkpoint is from before this was kept
     */
    public Predictions predictions() {
        try {
            return SnapshotContent.of(file)
                    .predictions()
                    .orElseThrow(() -> new ConflictException("the checkpoint " + reference
                            + " was made by a version that kept no predictions; those of the"
                            + " next epoch will be kept, so extend the experiment by one to have them"));
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private ConflictException unreadable(IOException cause) {
        ConflictException conflict = new ConflictException("the checkpoint " + reference
                + " is damaged; when the run next goes on it takes the one before, where there is one");
        conflict.initCause(cause);
        return conflict;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
