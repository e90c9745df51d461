package org.initlab.training.data.images;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.initlab.training.data.DatasetInfo;
import org.initlab.training.data.DatasetSource;
import org.initlab.training.data.LoadRequest;
import org.initlab.training.data.PositiveClass;
import org.initlab.training.data.SplitClasses;
import org.initlab.training.data.Splits;
import org.initlab.training.data.cache.RowCache;
import org.initlab.training.download.Download;
import org.initlab.training.spec.DatasetSpec;
import org.initlab.training.spec.ImageShape;

/**
 * MNIST (LeCun 1998) and other data sets in its format: grey images of 28×28 pixels in four IDX files, gzipped or not.
 */
public final class IdxDataset implements DatasetSource {
    private static final int TRAIN_ROWS = 60_000;
    private static final int TEST_ROWS = 10_000;
    private static final ImageShape SHAPE = new ImageShape(IdxFiles.SIDE, IdxFiles.SIDE, 1);
    /** Raised whenever an image may be decoded to other pixels than before. */
    private static final String DECODER = "1";

    private final String name;
    private final List<String> classes;
    private final List<Part> parts;
    private final DataFolder folder;
    private final URI address;
    private final StreamedImages images;

    /** One of the four files: its official name without {@code .gz}, and the SHA-256 of the gzipped file. */
    record Part(String name, String sha256) {
        /** Also with the dot that older copies and many mirrors have before {@code idx}. */
        Stream<String> names() {
            String dotted = name.replace("-idx", ".idx");
            return Stream.of(name, dotted, name + ".gz", dotted + ".gz");
        }
    }

    /**
     * Describes a data set; it is kept in a folder of the same name.
     *
     * @param classes the class names by index; the first is the default positive class
     * @param parts the training images and labels, then the test images and labels
     * @param address the folder to download missing files from
     * @param cache keeps the unpacked images
     */
    IdxDataset(String name, List<String> classes, List<Part> parts, Path datasets, URI address, RowCache cache) {
        this.name = name;
        this.classes = classes;
        this.parts = parts;
        this.address = address;
        folder = new DataFolder(datasets, name);
        images = new StreamedImages(cache, SHAPE);
    }

    /** MNIST, from a folder of the four gzipped files. */
    public static IdxDataset mnist(Path datasets, URI address, RowCache cache) {
        List<Part> parts = parts(
                "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609",
                "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c",
                "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6",
                "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6");
        List<String> digits = List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
        return new IdxDataset("mnist", digits, parts, datasets, address, cache);
    }

    /** Fashion-MNIST (Xiao et al. 2017), from a folder of the four gzipped files. */
    public static IdxDataset fashionMnist(Path datasets, URI address, RowCache cache) {
        List<Part> parts = parts(
                "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84",
                "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845",
                "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073",
                "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5");
        List<String> clothes = List.of(
                "T-shirt/top",
                "Trouser",
                "Pullover",
                "Dress",
                "Coat",
                "Sandal",
                "Shirt",
                "Sneaker",
                "Bag",
                "Ankle boot");
        return new IdxDataset("fashion_mnist", clothes, parts, datasets, address, cache);
    }

    static List<Part> parts(String trainImages, String trainLabels, String testImages, String testLabels) {
        return List.of(
                new Part("train-images-idx3-ubyte", trainImages),
                new Part("train-labels-idx1-ubyte", trainLabels),
                new Part("t10k-images-idx3-ubyte", testImages),
                new Part("t10k-labels-idx1-ubyte", testLabels));
    }

    @Override
    public DatasetInfo info() {
        return new DatasetInfo(
                name,
                classes,
                new PositiveClass(0, classes.get(0)),
                SHAPE,
                TRAIN_ROWS,
                TEST_ROWS,
                folder.holds(files()),
                folder.location());
    }

    @Override
    public void fetch(LoadRequest request) {
        for (Part part : parts) {
            String file = part.name() + ".gz";
            if (!folder.holds(List.of(fileOf(part)))) {
                String byHand = "put " + file + " into " + folder.location() + " below initlab.home";
                new Download(address.resolve(file), folder.path(file), part.sha256(), byHand)
                        .fetch(request.onProgress());
            }
        }
    }

    @Override
    public Object version(DatasetSpec spec) {
        return folder.stamps(files());
    }

    @Override
    public SplitClasses classes(DatasetSpec spec, PositiveClass positiveClass) {
        return new SplitClasses(trainFiles().readClasses(), testFiles().readClasses());
    }

    @Override
    public Splits read(LoadRequest request) {
        return images.open(part(trainFiles()), part(testFiles()), request);
    }

    private StreamedImages.Part part(IdxFiles files) {
        List<String> identity = List.of(name, DECODER, folder.identity(), files.images());
        return new StreamedImages.Part(identity, files.count(), files);
    }

    private IdxFiles trainFiles() {
        return new IdxFiles(folder, fileOf(parts.get(0)), fileOf(parts.get(1)), TRAIN_ROWS, classes.size());
    }

    private IdxFiles testFiles() {
        return new IdxFiles(folder, fileOf(parts.get(2)), fileOf(parts.get(3)), TEST_ROWS, classes.size());
    }

    private List<String> files() {
        return parts.stream().map(this::fileOf).toList();
    }

    /** The name that a part has here; the official one is also what is downloaded. */
    private String fileOf(Part part) {
        return part.names()
                .filter(file -> folder.holds(List.of(file)))
                .findFirst()
                .orElse(part.name() + ".gz");
    }
}
