package org.initlab.training.catalog;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.initlab.training.network.Architecture;
import org.initlab.training.network.SpecFault;
import org.initlab.training.network.scripted.ScriptedArchitecture;
import org.initlab.training.spec.ModelSpec;
import org.initlab.training.spec.TrainingException;
import org.initlab.training.weights.UserFile;
import org.jspecify.annotations.Nullable;

/**
 * Networks that are files of the operator's. They are code, so they come from one folder only, and none is used unless that is
 * allowed.
 */
public final class NetworkFiles {
    private static final String KIND = "module";

    private final Path folder;
    private final boolean allowed;

    /**
     * Opens the folder.
     *
     * @param folder {@code networks} below {@code initlab.home}, which need not exist
     * @param allowed whether code from it may run
     */
    public NetworkFiles(Path folder, boolean allowed) {
        this.folder = folder;
        this.allowed = allowed;
    }

    /** The folder, relative to {@code initlab.home}. */
    public String location() {
        return folder.getFileName().toString();
    }

    /** Whether code from the folder may run. */
    public boolean areAllowed() {
        return allowed;
    }

    /**
     * Finds what keeps a model from having its file. Nothing of the file is read.
     *
     * @param trials how many trials will train the model
     */
    public List<SpecFault> faults(ModelSpec model, int trials) {
        if (!model.runsModule()) {
            return model.file() == null
                    ? List.of()
                    : List.of(new SpecFault("file", "only torchscript has a file; leave it out"));
        }
        if (!allowed) {
            return List.of(new SpecFault(
                    "architecture",
                    "torchscript runs code of the operator's files, which is not allowed here; the operator may set"
                            + " initlab.networks.allow=true"));
        }
        return model.file() == null
                ? List.of()
                : missing(model, trials).stream().toList();
    }

    private Optional<SpecFault> missing(ModelSpec model, int trials) {
        try {
            int files = model.hasFilePerTrial() ? trials : 1;
            for (int trial = 0; trial < files; trial++) {
                UserFile.locate(folder, KIND, model.forTrial(trial).file());
            }
            return Optional.empty();
        } catch (TrainingException e) {
            return Optional.of(new SpecFault("file", e.getMessage()));
        }
    }

    /**
     * The file that a model needs and that is missing, named as the user knows it.
     *
     * @param model of one trial
     */
    public Optional<String> missing(ModelSpec model) {
        return !model.runsModule() || Files.isRegularFile(folder.resolve(model.file()))
                ? Optional.empty()
                : Optional.of("the file " + folder.getFileName() + "/" + model.file());
    }

    /**
     * Takes a copy of the file that a model names, if it names one.
     *
     * @param model of one trial
     * @param pin told the file's name and its SHA-256 in hexadecimal; an exception from it keeps the file from being used
     * @throws TrainingException if the file cannot be read, or may not be used
     */
    public Opened open(ModelSpec model, BiConsumer<String, String> pin) {
        Architecture architecture = NetworkCatalog.named(model.architecture())
                .orElseThrow(() -> new TrainingException("unknown architecture " + model.architecture()));
        return model.runsModule() ? copy(model.file(), pin) : new Opened(architecture, null);
    }

    private Opened copy(String name, BiConsumer<String, String> pin) {
        if (!allowed) {
            throw new TrainingException("this worker may not run modules; set initlab.networks.allow=true for it");
        }
        Path file = UserFile.locate(folder, KIND, name);
        boolean isOpened = false;
        Path copy = null;
        try {
            copy = Files.createTempFile("network", ".pt");
            pin.accept(name, copy(file.toRealPath(), copy));
            isOpened = true;
            return new Opened(ScriptedArchitecture.of(copy), copy);
        } catch (IOException e) {
            throw new TrainingException(
                    "The module " + folder.getFileName() + "/" + name + " cannot be read ("
                            + e.getClass().getSimpleName() + "); check the file and its permissions",
                    e);
        } finally {
            if (!isOpened) {
                delete(copy);
            }
        }
    }

    /** Returns the hash of what was copied. */
    private static String copy(Path from, Path to) throws IOException {
        MessageDigest sha256 = sha256();
        try (InputStream in = new DigestInputStream(Files.newInputStream(from), sha256)) {
            Files.copy(in, to, StandardCopyOption.REPLACE_EXISTING);
        }
        return HexFormat.of().formatHex(sha256.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void delete(@Nullable Path copy) {
        if (copy != null) {
            try {
                Files.deleteIfExists(copy);
            } catch (IOException e) {
                // the system clears its folder for such files
            }
        }
    }

    /** A network that can be built until this is closed. */
    public static final class Opened implements AutoCloseable {
        private final Architecture architecture;
        private final @Nullable Path copy;

        private Opened(Architecture architecture, @Nullable Path copy) {
            this.architecture = architecture;
            this.copy = copy;
        }

        public Architecture architecture() {
            return architecture;
        }

        @Override
        public void close() {
            delete(copy);
        }
    }
}
