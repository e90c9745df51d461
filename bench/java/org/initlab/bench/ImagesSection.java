package org.initlab.bench;

import com.sun.management.OperatingSystemMXBean;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.initlab.training.EpochResult;
import org.initlab.training.Phase;
import org.initlab.training.Snapshot;
import org.initlab.training.StepLosses;
import org.initlab.training.Trainer;
import org.initlab.training.TrainingControl;
import org.initlab.training.TrainingListener;
import org.initlab.training.catalog.DatasetAddresses;
import org.initlab.training.catalog.DatasetCatalog;
import org.initlab.training.catalog.NetworkFiles;
import org.initlab.training.catalog.WeightsCatalog;
import org.initlab.training.data.BinaryDataset;
import org.initlab.training.data.DatasetSummary;
import org.initlab.training.data.cache.RowCache;
import org.initlab.training.data.images.JpegRate;
import org.initlab.training.engine.PyTorch;
import org.initlab.training.engine.RandomStreams;
import org.initlab.training.network.ImageNetWeights;
import org.initlab.training.spec.BiasInit;
import org.initlab.training.spec.DatasetSpec;
import org.initlab.training.spec.EvaluationSpec;
import org.initlab.training.spec.ImageTransform;
import org.initlab.training.spec.ModelSpec;
import org.initlab.training.spec.OptimizerSpec;
import org.initlab.training.spec.TrainingPlan;
import org.initlab.training.spec.TrainingSpec;

/** A folder of JPEG files: decoding them, reading them back from the cache, and whether training waits for them. */
final class ImagesSection implements Section {
    private static final int SIDE = 224;
    private static final int NETWORK_SIDE = 240;
    private static final int IMAGES_OF_A_CLASS = 1000;
    private static final int DECODED_FILES = 256;
    private static final int BATCH = 64;
    private static final double SECONDS = 3;
    private static final double NANOS_A_SECOND = 1e9;
    /** What one H100 trains on in bfloat16. */
    private static final double NEEDED_A_SECOND = 4000;

    private static final DatasetSpec FOLDER = new DatasetSpec("image_folder", null, null, null, null, "jpegs");

    @Override
    public String name() {
        return "images";
    }

    @Override
    public void measure(Settings settings, Report report) throws IOException {
        Path home = Files.createDirectory(settings.scratch().resolve("images"));
        Path folder = home.resolve("datasets/jpegs");
        for (String label : List.of("a", "b")) {
            write(Files.createDirectories(folder.resolve(label)));
        }
        decode(folder, settings, report);
        DatasetCatalog catalog = new DatasetCatalog(
                home.resolve("datasets"), DatasetAddresses.official(), RowCache.unlimited(home.resolve("cache")));
        fillAndRead(catalog, report);
        wait(catalog, home, report);
    }

    private static void decode(Path folder, Settings settings, Report report) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder)) {
            files = all.filter(Files::isRegularFile)
                    .sorted()
                    .limit(DECODED_FILES)
                    .toList();
        }
        List<Double> ours = new ArrayList<>();
        List<Double> pillow = new ArrayList<>();
        for (int round = 0; round < settings.rounds(); round++) {
            ours.add(JpegRate.of(files, SECONDS));
            settings.python().ifPresent(python -> pillow.add(pillow(python, folder)));
        }
        double theirs = pillow.isEmpty() ? Double.NaN : Medians.of(pillow);
        report.add(Row.rate(
                "decoding JPEG files of 224×224 on one core", "images/s", Medians.of(ours), "Pillow", theirs, 1));
    }

    private static double pillow(Path python, Path folder) {
        List<String> command =
                List.of(python.toString(), "bench/pillow.py", folder.toString(), Double.toString(SECONDS));
        return Double.parseDouble(Command.run(command, Map.of()).strip());
    }

    private static void fillAndRead(DatasetCatalog catalog, Report report) {
        long begin = System.nanoTime();
        try (BinaryDataset data = catalog.load(FOLDER, ImageTransform.square(NETWORK_SIDE), () -> {})) {
            data.whenReady();
            double filled = 2 * IMAGES_OF_A_CLASS * NANOS_A_SECOND / (System.nanoTime() - begin);
            report.add(Row.known("filling the cache with images of 240×240, all cores", "images/s", filled));
            read(data);
            Reading reading = read(data);
            report.add(Row.rate(
                    "reading images of 240×240 from the cache, all cores",
                    "images/s",
                    reading.byClock(),
                    "needed",
                    NEEDED_A_SECOND,
                    1));
            report.add(Row.known("the same in a second of processor time", "images/s", reading.byProcessor()));
        }
    }

    /** Images a second; the second figure is the same on a machine that others use too. */
    private record Reading(double byClock, double byProcessor) {}

    private static Reading read(BinaryDataset data) {
        int rows = data.train().labels().count();
        ByteBuffer bytes = ByteBuffer.allocateDirect(BATCH * data.train().rowBytes());
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        long used = system.getProcessCpuTime();
        long start = System.nanoTime();
        int read = 0;
        for (int epoch = 0; System.nanoTime() - start < SECONDS * NANOS_A_SECOND; epoch++) {
            int[] order = new RandomStreams(1).rowOrder(rows, epoch);
            for (int first = 0; first + BATCH <= rows; first += BATCH) {
                int[] positions = new int[BATCH];
                System.arraycopy(order, first, positions, 0, BATCH);
                data.train().read(positions, bytes.clear(), () -> {});
                read += BATCH;
            }
        }
        return new Reading(
                read * NANOS_A_SECOND / (System.nanoTime() - start),
                read * NANOS_A_SECOND / (system.getProcessCpuTime() - used));
    }

    private static void wait(DatasetCatalog catalog, Path home, Report report) {
        Trainer trainer = new Trainer(
                catalog,
                new WeightsCatalog(home.resolve("weights"), ImageNetWeights.OFFICIAL_ADDRESS),
                new NetworkFiles(home.resolve("networks"), false),
                PyTorch.device());
        TrainingPlan plan = new TrainingPlan(
                FOLDER,
                new ModelSpec("mobilenet_v3_small", "none", NETWORK_SIDE, 0.2, null),
                new BiasInit.Zeros(null),
                new TrainingSpec(1, BATCH, true, new OptimizerSpec.Sgd(1e-3, null, null)),
                new EvaluationSpec(BATCH, EvaluationSpec.Mode.EVAL),
                1,
                10);
        Waiting waiting = new Waiting();
        int threads = Runtime.getRuntime().availableProcessors();
        trainer.train(plan, threads, Optional.empty(), waiting, () -> TrainingControl.Signal.GO_ON);
        report.add(Row.below(
                "share of a training step that waits for its batch, MobileNetV3-small at 240×240",
                "%",
                waiting.share * 100,
                3));
    }

    /** Keeps the share of the last epoch. */
    private static final class Waiting implements TrainingListener {
        private double share;

        @Override
        public void started(DatasetSummary data, double biasValue) {}

        @Override
        public void epochTimed(Map<Phase, Duration> phases) {
            double all = 0;
            for (Map.Entry<Phase, Duration> phase : phases.entrySet()) {
                all += phase.getKey() == Phase.EVALUATION ? 0 : phase.getValue().toNanos();
            }
            share = phases.getOrDefault(Phase.DATA_LOADING, Duration.ZERO).toNanos() / all;
        }

        @Override
        public void epochFinished(EpochResult result, StepLosses steps, Supplier<Snapshot> snapshot) {}

        @Override
        public void checkpoint(Snapshot snapshot) {}
    }

    /** Coarse colours under fine noise, so that the files are about as long as photographs of this size. */
    private static void write(Path folder) throws IOException {
        SplittableRandom random =
                new SplittableRandom(folder.getFileName().toString().hashCode());
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ImageWriteParam quality = writer.getDefaultWriteParam();
        quality.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        quality.setCompressionQuality(0.9f);
        for (int i = 0; i < IMAGES_OF_A_CLASS; i++) {
            try (ImageOutputStream out =
                    ImageIO.createImageOutputStream(folder.resolve(i + ".jpg").toFile())) {
                writer.setOutput(out);
                writer.write(null, new IIOImage(picture(random), null, null), quality);
            }
        }
        writer.dispose();
    }

    private static BufferedImage picture(SplittableRandom random) {
        int cell = 16;
        int cells = SIDE / cell;
        int[] colours = random.ints((long) cells * cells).toArray();
        BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                int colour = colours[y / cell * cells + x / cell];
                image.setRGB(x, y, colour ^ (random.nextInt() & 0x0F0F0F));
            }
        }
        return image;
    }
}
