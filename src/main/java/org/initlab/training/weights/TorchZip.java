package org.initlab.training.weights;

import static org.initlab.text.Counts.counted;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** PyTorch's format since 1.6: a zip archive with a pickle and a record for each storage. Nothing is unpacked to disk. */
final class TorchZip implements TorchStorages {
    private static final String PICKLE = "data.pkl";

    private final ZipFile zip;
    private final String folder;

    private TorchZip(ZipFile zip) throws IOException {
        this.zip = zip;
        folder = folder(zip);
    }

    static TorchFile open(Path file) throws IOException {
        ZipFile zip = new ZipFile(file.toFile());
        try {
            TorchZip storages = new TorchZip(zip);
            storages.checkByteOrder();
            byte[] pickle = bytes(zip, zip.getEntry(storages.folder + PICKLE), TorchUnpickler.MOST_BYTES);
            Object root = new TorchUnpickler(new ByteArrayInputStream(pickle)).load();
            return new TorchFile(Containers.in(root), storages);
        } catch (IOException | RuntimeException e) {
            zip.close();
            throw e;
        }
    }

    /** The folder of all records; it has the name that the file had when it was saved. */
    private static String folder(ZipFile zip) throws WeightsFormatException {
        List<String> pickles = names(zip).stream()
                .filter(name -> name.indexOf('/') == name.length() - PICKLE.length() - 1 && name.endsWith("/" + PICKLE))
                .toList();
        if (pickles.size() != 1) {
            throw new WeightsFormatException("it is a zip archive with " + counted(pickles.size(), "entry", "entries")
                    + " called …/"
                    + PICKLE + ", so torch.save did not write it");
        }
        return pickles.get(0).substring(0, pickles.get(0).length() - PICKLE.length());
    }

    private static List<String> names(ZipFile zip) throws WeightsFormatException {
        try {
            return zip.stream().map(ZipEntry::getName).toList();
        } catch (IllegalArgumentException e) {
            // the JDK checks names when it opens an archive, but comments only here
            throw new WeightsFormatException("its zip archive has an entry with a damaged comment", e);
        }
    }

    private void checkByteOrder() throws IOException {
        ZipEntry entry = zip.getEntry(folder + "byteorder");
        // files from before PyTorch 2.1 do not say, and are little-endian in practice
        if (entry != null && !new String(bytes(zip, entry, 16), StandardCharsets.US_ASCII).equals("little")) {
            throw new WeightsFormatException("it was written on a big-endian machine, which is not supported");
        }
    }

    private static byte[] bytes(ZipFile zip, ZipEntry entry, int most) throws IOException {
        try (InputStream in = zip.getInputStream(entry)) {
            byte[] bytes = in.readNBytes(most + 1);
            if (bytes.length > most) {
                throw new WeightsFormatException("its entry " + entry.getName() + " is larger than " + most + " bytes");
            }
            return bytes;
        }
    }

    @Override
    public void check(TorchStorage storage) throws IOException {
        ZipEntry entry = entry(storage);
        long size = storage.dtype().size();
        if (entry.getSize() % size != 0 || entry.getSize() / size != storage.elements()) {
            throw new WeightsFormatException("storage " + storage.key() + " has "
                    + counted(entry.getSize(), "byte") + " in the archive, but "
                    + counted(storage.elements(), "element") + " of " + size
                    + " according to the pickle");
        }
    }

    @Override
    public float[] read(TorchStorage storage, int elements) throws IOException {
        try (InputStream in = zip.getInputStream(entry(storage))) {
            return storage.dtype().read(in, elements);
        }
    }

    private ZipEntry entry(TorchStorage storage) throws WeightsFormatException {
        ZipEntry entry = zip.getEntry(folder + "data/" + storage.key());
        if (entry == null) {
            throw new WeightsFormatException("storage " + storage.key() + " is missing from its archive");
        }
        return entry;
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
