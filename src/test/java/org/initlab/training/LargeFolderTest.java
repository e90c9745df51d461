package org.initlab.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javax.imageio.ImageIO;
import org.initlab.training.catalog.DatasetAddresses;
import org.initlab.training.catalog.DatasetCatalog;
import org.initlab.training.catalog.NetworkFiles;
import org.initlab.training.catalog.WeightsCatalog;
import org.initlab.training.data.DatasetSummary;
import org.initlab.training.data.cache.RowCache;
import org.initlab.training.engine.PyTorch;
import org.initlab.training.network.ImageNetWeights;
import org.initlab.training.spec.BiasInit;
import org.initlab.training.spec.DatasetSpec;
import org.initlab.training.spec.EvaluationSpec;
import org.initlab.training.spec.ModelSpec;
import org.initlab.training.spec.OptimizerSpec;
import org.initlab.training.spec.TrainingPlan;
import org.initlab.training.spec.TrainingSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A folder of images that are larger than the Java heap of the process that trains on them. */
@EnabledOnOs(OS.LINUX)
class LargeFolderTest {
    private static final int HEAP_MIB = 64;
    private static final int SIDE = 256;
    private static final int IMAGES_OF_A_CLASS = 400;
    private static final long MIB = 1 << 20;
    /** A batch here and there, and what the system's allocator has not returned yet. */
    private static final long SLACK = 32 * MIB;

    @TempDir
    private Path home;

    @Test
    void memoryIsBoundedByBatchesAndNotByTheData() throws Exception {
        write(home.resolve("datasets/large/round"), true);
        write(home.resolve("datasets/large/square"), false);
        Path networks = Files.createDirectories(home.resolve("networks"));
        Files.copy(Path.of("src/test/resources/modules/dropout.pt"), networks.resolve("small.pt"));
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx" + HEAP_MIB + "m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LargeFolderTest.class.getName(),
                        home.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<String> said = process.inputReader().lines().toList();
        assertThat(process.waitFor()).isZero();
        long few = Long.parseLong(said.get(said.size() - 2));
        long all = Long.parseLong(said.get(said.size() - 1));
        long decoded = 2L * IMAGES_OF_A_CLASS * SIDE * SIDE * 3;
        System.out.printf(
                "%d MiB of decoded images, a heap of %d MiB: anonymous memory at most %d MiB, and %d MiB with 16 images%n",
                decoded / MIB, HEAP_MIB, all / MIB, few / MIB);
        assertThat(decoded).isGreaterThan(2 * HEAP_MIB * MIB);
        assertThat(all - few).as("what the data adds").isLessThan(HEAP_MIB * MIB + SLACK);
    }

    private static void write(Path folder, boolean round) throws IOException {
        Files.createDirectories(folder);
        BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(Color.ORANGE);
        if (round) {
            graphics.fillOval(50, 50, 100, 100);
        } else {
            graphics.fillRect(50, 50, 100, 100);
        }
        graphics.dispose();
        Path first = folder.resolve("0.png");
        ImageIO.write(image, "png", first.toFile());
        for (int i = 1; i < IMAGES_OF_A_CLASS; i++) {
            Files.copy(first, folder.resolve(i + ".png"));
        }
    }

    /** The other process: trains on a few images and then on all, and says what memory both took at most. */
    public static void main(String[] arguments) throws IOException {
        Path home = Path.of(arguments[0]);
        Trainer trainer = new Trainer(
                new DatasetCatalog(
                        home.resolve("datasets"),
                        DatasetAddresses.official(),
                        RowCache.unlimited(home.resolve("cache"))),
                new WeightsCatalog(home.resolve("weights"), ImageNetWeights.OFFICIAL_ADDRESS),
                new NetworkFiles(home.resolve("networks"), true),
                PyTorch.device("cpu"));
        long few = peak(trainer, 16);
        long all = peak(trainer, null);
        System.out.println(few);
        System.out.println(all);
    }

    private static long peak(Trainer trainer, Integer limit) {
        Peak peak = new Peak();
        TrainingPlan plan = new TrainingPlan(
                new DatasetSpec("image_folder", null, limit, limit, null, "large"),
                new ModelSpec(
                        "torchscript", null, SIDE, null, null, null, ModelSpec.Trained.ALL, null, null, "small.pt"),
                new BiasInit.PositiveRate(null, null),
                new TrainingSpec(1, 8, true, new OptimizerSpec.Sgd(1e-3, null, null)),
                new EvaluationSpec(8, EvaluationSpec.Mode.EVAL),
                7,
                10);
        Outcome outcome = trainer.train(plan, 1, Optional.empty(), peak, peak);
        if (!(outcome instanceof Outcome.Completed) || peak.epochs != 2 || peak.fingerprint == null) {
            throw new IllegalStateException(outcome + " after " + peak.epochs + " epochs");
        }
        return peak.bytes;
    }

    /** Looks before every batch. */
    private static final class Peak implements TrainingListener, TrainingControl {
        private long bytes;
        private int epochs;
        private String fingerprint;

        @Override
        public Signal next() {
            try {
                for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
                    if (line.startsWith("RssAnon:")) {
                        bytes = Math.max(bytes, Long.parseLong(line.replaceAll("\\D", "")) * 1024);
                    }
                }
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
            return Signal.GO_ON;
        }

        @Override
        public void started(DatasetSummary data, double biasValue) {
            fingerprint = data.fingerprint();
        }

        @Override
        public void dataRead(DatasetSummary data) {
            fingerprint = data.fingerprint();
        }

        @Override
        public void epochFinished(EpochResult result, StepLosses steps, Supplier<Snapshot> snapshot) {
            epochs++;
            if (result.epoch() > 0 && fingerprint == null) {
                throw new IllegalStateException("the data may be other data");
            }
        }

        @Override
        public void checkpoint(Snapshot snapshot) {}
    }
}
