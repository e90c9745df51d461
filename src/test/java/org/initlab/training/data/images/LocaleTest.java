package org.initlab.training.data.images;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.initlab.training.catalog.DatasetAddresses;
import org.initlab.training.catalog.DatasetCatalog;
import org.initlab.training.data.BinaryDataset;
import org.initlab.training.data.cache.RowCache;
import org.initlab.training.spec.DatasetSpec;
import org.initlab.training.spec.ImageTransform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names beyond ASCII in a process whose locale has none of them, as under cron or in a plain container. */
class LocaleTest {
    /** The same name as a person writes it, in a form that every process can be given. */
    private static final String FOLDER = "\u00e4pfel und \u6797\u6a8e";

    @TempDir
    private Path datasets;

    @Test
    void namesAreReadWhateverTheLocale() throws Exception {
        write(datasets.resolve(FOLDER).resolve("train/gr\u00fcn+1"));
        write(datasets.resolve(FOLDER).resolve("train/rot"));
        write(datasets.resolve(FOLDER).resolve("test/gr\u00fcn+1"));
        write(Path.of(URI.create(datasets.resolve(FOLDER).resolve("train").toUri() + "caf%E9")));
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                LocaleTest.class.getName(),
                datasets.toString());
        builder.environment().put("LC_ALL", "C");
        Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains("caf\u00e9=2, gr\u00fcn+1=2, rot=2")
                .contains("has no images of \"caf\u00e9\", \"rot\"")
                .endsWith("Optional.empty");
    }

    /** What the process of its own does. */
    public static void main(String[] arguments) throws IOException {
        Path datasets = Path.of(arguments[0]);
        DatasetCatalog catalog = new DatasetCatalog(
                datasets, DatasetAddresses.official(), RowCache.unlimited(datasets.resolve("cache")));
        DatasetSpec spec = new DatasetSpec("image_folder", "gr\u00fcn+1", null, null, null, FOLDER);
        BinaryDataset data = catalog.load(spec, ImageTransform.square(8), () -> {});
        List<String> counts = data.summary().trainCounts().stream()
                .map(count -> count.name() + "=" + count.count())
                .toList();
        String said = String.join(", ", counts) + " " + data.summary().warnings() + catalog.missing(spec);
        System.out.write(said.getBytes(StandardCharsets.UTF_8));
        System.out.flush();
    }

    private static void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (int i = 0; i < 2; i++) {
            try (OutputStream file = Files.newOutputStream(folder.resolve("bild-\u00f6-" + i + ".png"))) {
                ImageIO.write(new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB), "png", file);
            }
        }
    }
}
