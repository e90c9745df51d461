package org.initlab.worker;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.stereotype.Component;

/**
 * The process that started this worker. It holds the other end of the standard input, which closes however it ends, and then
 * nobody watches this worker any more.
 */
@Component
@ConditionalOnBooleanProperty("initlab.worker.led")
class Leader {
    private static final Logger log = LoggerFactory.getLogger(Leader.class);
    /** What a shell reports of a process that SIGTERM ended. */
    private static final int TERMINATED = 143;

    Leader() {
        Thread watch = new Thread(Leader::endWithIt, "leader");
        watch.setDaemon(true);
        watch.start();
    }

    private static void endWithIt() {
        try {
            System.in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        log.warn("The service that started this worker has ended, so it ends too");
        System.exit(TERMINATED);
    }
}
