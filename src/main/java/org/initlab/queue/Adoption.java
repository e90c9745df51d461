package org.initlab.queue;

import org.initlab.platform.database.EmbeddedDatabase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Takes up what a killed predecessor on the embedded database held, without waiting for its heartbeat to grow old. */
@Component
class Adoption {
    private static final Logger log = LoggerFactory.getLogger(Adoption.class);

    private final ObjectProvider<EmbeddedDatabase> embedded;
    private final JdbcClient jdbc;

    Adoption(ObjectProvider<EmbeddedDatabase> embedded, JdbcClient jdbc) {
        this.embedded = embedded;
        this.jdbc = jdbc;
    }

    void adopt() {
        embedded.ifAvailable(database -> {
            int entries = jdbc.sql(
                            """
                            update scheduled_tasks
                            set picked = false, picked_by = null, last_heartbeat = null, version = version + 1
                            where picked""")
                    .update();
            if (entries > 0) {
                log.info("The process before this one was killed: {} of its runs go on", entries);
            }
        });
    }
}
