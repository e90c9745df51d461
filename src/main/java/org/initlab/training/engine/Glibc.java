package org.initlab.training.engine;

import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tunes the C library under PyTorch from within the process, because {@code java -jar} does not set its environment
 * variables. Does nothing if it is not glibc.
 */
final class Glibc {
    private static final Logger log = LoggerFactory.getLogger(Glibc.class);
    private static final int TRIM_THRESHOLD = -1;
    private static final int MMAP_MAX = -4;
    private static final int KEEP_VARIABLE = 0;

    private Glibc() {}

    /**
     * Keeps freed memory for the next tensor. By default each large tensor is newly mapped and returned at once, and a
     * step spends a third of its time on page faults; see {@code mallopt(3)}, and PyTorch on
     * {@code THP_MEM_ALLOC_ENABLE}.
     */
    static void keepFreedMemory() {
        if (List.of("MALLOC_TRIM_THRESHOLD_", "MALLOC_MMAP_THRESHOLD_", "MALLOC_MMAP_MAX_").stream()
                .anyMatch(System.getenv()::containsKey)) {
            return;
        }
        call("mallopt", MMAP_MAX, 0);
        call("mallopt", TRIM_THRESHOLD, -1);
        setEnvironment("THP_MEM_ALLOC_ENABLE", "1");
    }

    /** Returns free memory to the system. */
    static void returnFreedMemory() {
        call("malloc_trim", 0L);
    }

    /** Sets an environment variable for libraries that are loaded later, unless the user has set it. */
    static void setEnvironment(String name, String value) {
        call("setenv", name, value, KEEP_VARIABLE);
    }

    private static void call(String function, Object... arguments) {
        if (!Platform.isLinux()) {
            return;
        }
        try {
            NativeLibrary.getProcess().getFunction(function).invokeInt(arguments);
        } catch (UnsatisfiedLinkError e) {
            log.debug("There is no {}: memory management stays as the C library has it", function, e);
        }
    }
}
