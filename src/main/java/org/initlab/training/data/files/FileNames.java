package org.initlab.training.data.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.apache.commons.codec.DecoderException;
import org.apache.commons.codec.net.URLCodec;

/**
 * The names of files as people write them, whatever the process's locale: under {@code LC_ALL=C} Java shows every letter
 * beyond ASCII as a question mark and cannot name such a file, though it lists and opens it.
 */
public final class FileNames {
    private FileNames() {}

    /**
     * A file's own name in Unicode's composed form (NFC), in which names from every system are equal. Bytes that are not
     * UTF-8 are read as Latin-1.
     */
    public static String of(Path file) {
        String uri = file.toUri().getRawPath();
        String last = uri.substring(uri.lastIndexOf('/', uri.length() - 2) + 1);
        return composed(decode(last.endsWith("/") ? last.substring(0, last.length() - 1) : last));
    }

    /** A name in NFC. */
    public static String composed(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFC);
    }

    private static String decode(String escaped) {
        try {
            // a plus sign is itself in a path, but a space in the form encoding that the codec reads
            byte[] bytes = URLCodec.decodeUrl(escaped.replace("+", "%2B").getBytes(StandardCharsets.US_ASCII));
            try {
                return StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(bytes))
                        .toString();
            } catch (CharacterCodingException e) {
                return new String(bytes, StandardCharsets.ISO_8859_1);
            }
        } catch (DecoderException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * The path of a name as a user writes it, by parts that are equal in Unicode's composed form.
     *
     * @param folder where to begin
     * @param relative names with slashes between them, without {@code ..}
     * @return nothing where there is no such file
     */
    public static Optional<Path> find(Path folder, String relative) {
        Optional<Path> found = Optional.of(folder);
        for (String name : relative.split("/", -1)) {
            if (!name.isEmpty() && !name.equals(".")) {
                found = found.flatMap(parent -> child(parent, name));
            }
        }
        return found;
    }

    private static Optional<Path> child(Path folder, String name) {
        try {
            Path exact = folder.resolve(name);
            if (Files.exists(exact)) {
                return Optional.of(exact);
            }
        } catch (InvalidPathException e) {
            // the locale cannot express it; the folder's own list may
        }
        String composed = composed(name);
        if (composed.chars().allMatch(c -> c < 0x80) || !Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try {
            return list(folder).stream()
                    .filter(file -> of(file).equals(composed))
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** What a folder holds, in the order of the names' bytes. */
    public static List<Path> list(Path folder) throws IOException {
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
            stream.forEach(entries::add);
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        Collections.sort(entries);
        return entries;
    }
}
