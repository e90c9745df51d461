package org.initlab.training.engine;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** The file of a TorchScript module: a zip archive of its tensors, and its code as text. */
final class ModuleArchive {
    private static final String CODE = ".py";
    /** Where in the code the text came from; it no longer fits when the text changes. */
    private static final String SOURCE_RANGES = ".debug_pkl";

    /** What each class says of its attributes. */
    private static final Pattern ATTRIBUTES =
            Pattern.compile("(?m)^(  __parameters__ = \\[)(.*)]\n(  __buffers__ = \\[)(.*)]$");

    private ModuleArchive() {}

    /**
     * Copies a module, its buffers declared as parameters that need no gradients: DJL hands out no other tensors of a module.
     *
     * @throws IOException if this is no such archive
     */
    static void copyWithBuffersAsParameters(Path from, OutputStream to) throws IOException {
        try (ZipFile module = new ZipFile(from.toFile());
                ZipOutputStream copy = new ZipOutputStream(to)) {
            copy.setLevel(Deflater.NO_COMPRESSION);
            for (ZipEntry entry : entries(module)) {
                if (!entry.getName().endsWith(SOURCE_RANGES)) {
                    copy.putNextEntry(new ZipEntry(entry.getName()));
                    copy(module, entry, copy);
                }
            }
        }
    }

    private static List<ZipEntry> entries(ZipFile module) throws IOException {
        try {
            return module.stream().<ZipEntry>map(entry -> entry).toList();
        } catch (IllegalArgumentException e) {
            throw new IOException("an entry has a damaged comment", e);
        }
    }

    private static void copy(ZipFile module, ZipEntry entry, ZipOutputStream copy) throws IOException {
        try (var content = module.getInputStream(entry)) {
            if (entry.getName().endsWith(CODE)) {
                copy.write(withBuffersAsParameters(new String(content.readAllBytes(), StandardCharsets.UTF_8))
                        .getBytes(StandardCharsets.UTF_8));
            } else {
                content.transferTo(copy);
            }
        }
    }

    static String withBuffersAsParameters(String code) {
        return ATTRIBUTES.matcher(code).replaceAll("$1$2$4]\n$3]");
    }
}
