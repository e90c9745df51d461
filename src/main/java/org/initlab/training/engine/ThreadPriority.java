package org.initlab.training.engine;

import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes threads yield to others, which Java's own priorities do not on Linux; does nothing on other systems. */
public final class ThreadPriority {
    private static final Logger log = LoggerFactory.getLogger(ThreadPriority.class);
    /** Gives a tenth of the CPU share of a thread at normal priority, when both want the same core. */
    private static final int NICE = 10;

    private static final int OF_ONE_THREAD = 0;
    private static final int CALLER = 0;

    private ThreadPriority() {}

    /** Lowers the calling thread. */
    public static void lower() {
        if (Platform.isLinux()) {
            try {
                lower(CALLER);
            } catch (LinkageError e) {
                log.debug("This thread keeps its priority", e);
            }
        }
    }

    /** See {@code setpriority(2)}, which on Linux works on single threads. */
    static void lower(int thread) {
        NativeLibrary.getProcess().getFunction("setpriority").invokeInt(new Object[] {OF_ONE_THREAD, thread, NICE});
    }
}
