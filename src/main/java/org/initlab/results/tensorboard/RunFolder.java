package org.initlab.results.tensorboard;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The folder of one run, with one file. What has been written stays as it is while a TensorBoard reads along; where the run no longer
 * goes on from it, a new file with a higher number takes its place.
 */
final class RunFolder {
    private static final int BUFFER = 1 << 16;

    private final Path folder;

    RunFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * How far a file is written.
     *
     * @param file its number; 0 if there is none
     * @param length up to its last whole epoch
     * @param epoch the last; -1 before the first
     * @param time of that epoch's event, in seconds
     * @param ended whether it says how the run ended
     */
    record Written(int file, long length, int epoch, double time, boolean ended) {
        static final Written NOTHING = new Written(0, 0, -1, 0, false);
    }

    static String name(int file) {
        return String.format(Locale.ROOT, "events.out.tfevents.%010d.initlab", file);
    }

    /** Reads what is there; the file may end within a record, as after a kill. */
    Written read() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.filter(file ->
                            file.getFileName().toString().matches("events\\.out\\.tfevents\\.\\d{10}\\.initlab"))
                    .sorted()
                    .toList();
        } catch (NoSuchFileException e) {
            return Written.NOTHING;
        }
        if (files.isEmpty()) {
            return Written.NOTHING;
        }
        for (Path replaced : files.subList(0, files.size() - 1)) {
            Files.delete(replaced);
        }
        Path newest = files.get(files.size() - 1);
        int number = Integer.parseInt(newest.getFileName().toString().split("\\.", -1)[3]);
        return read(number, ByteBuffer.wrap(Files.readAllBytes(newest)));
    }

    private static Written read(int number, ByteBuffer content) throws IOException {
        Written written = new Written(number, 0, -1, 0, false);
        for (byte[] record = EventRecord.next(content); record != null; record = EventRecord.next(content)) {
            WrittenEvent event = WrittenEvent.of(record);
            int end = content.position();
            if (event.isSessionStart()) {
                written = new Written(number, end, -1, 0, false);
            } else if (event.isEpoch()) {
                written = new Written(number, end, (int) event.step(), event.time(), false);
            } else if (event.isSessionEnd()) {
                written = new Written(number, end, written.epoch(), written.time(), true);
            }
        }
        return written;
    }

    /** Whether the file is as it was left. */
    boolean holds(Written left) throws IOException {
        Path file = folder.resolve(name(left.file()));
        return left.length() > 0 && Files.exists(file) && Files.size(file) == left.length();
    }

    @FunctionalInterface
    interface Records {
        void write(OutputStream out) throws IOException;
    }

    /** Appends records to the epochs that are there; what lies behind these, torn by a kill, is cut off. */
    Written append(Written before, Records records) throws IOException {
        Files.createDirectories(folder);
        try (FileChannel file = FileChannel.open(
                folder.resolve(name(before.file())), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            file.truncate(before.length());
            file.position(before.length());
            OutputStream out = new BufferedOutputStream(Channels.newOutputStream(file), BUFFER);
            records.write(out);
            out.flush();
            return new Written(before.file(), file.position(), before.epoch(), before.time(), before.ended());
        }
    }

    void delete(int file) throws IOException {
        Files.deleteIfExists(folder.resolve(name(file)));
    }
}
