package org.initlab.training.engine;

import com.sun.jna.NativeLibrary;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has HotSpot's optimising compiler give way to what it compiles. A start on two cores is a sixth shorter for it, and a
 * training waits for its slower thread after each operation; where there is no Linux, nothing is done.
 */
public final class CompilerPriority {
    private static final Logger log = LoggerFactory.getLogger(CompilerPriority.class);
    private static final Path THREADS = Path.of("/proc/self/task");
    private static final String OPTIMISING = "C2 ";
    /** A tenth of the share of a thread that has not been told, as far as both want one core. */
    private static final int NICE = 10;

    private static final int OF_ONE_THREAD = 0;

    private CompilerPriority() {}

    /** Lowers it, beside what the caller does next; threads that the compiler adds later inherit it. */
    public static void lower() {
        Thread thread = new Thread(CompilerPriority::lowerNow, "compiler-priority");
        thread.setDaemon(true);
        thread.start();
    }

    private static void lowerNow() {
        if (!Files.isDirectory(THREADS)) {
            return;
        }
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(THREADS)) {
            for (Path thread : threads) {
                if (Files.readString(thread.resolve("comm")).startsWith(OPTIMISING)) {
                    lower(Integer.parseInt(thread.getFileName().toString()));
                }
            }
        } catch (IOException | UnsatisfiedLinkError e) {
            log.debug("The compiler keeps its priority", e);
        }
    }

    /** See {@code setpriority(2)}, which on Linux takes threads. */
    private static void lower(int thread) {
        NativeLibrary.getProcess().getFunction("setpriority").invokeInt(new Object[] {OF_ONE_THREAD, thread, NICE});
    }
}
