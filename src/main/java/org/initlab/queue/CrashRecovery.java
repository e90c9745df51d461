package org.initlab.queue;

import org.initlab.platform.database.EmbeddedDatabase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Releases the queue's entries that a killed process held. The embedded database serves one process, so there is no need to
 * wait until that process's heartbeat is old.
 */
@Component
class CrashRecovery {
    private static final Logger log = LoggerFactory.getLogger(CrashRecovery.class);

    private final ObjectProvider<EmbeddedDatabase> embedded;
    private final JdbcClient jdbc;

    CrashRecovery(ObjectProvider<EmbeddedDatabase> embedded, JdbcClient jdbc) {
        this.embedded = embedded;
        this.jdbc = jdbc;
    }

    void releaseEntries() {
        embedded.ifAvailable(database -> {
            int entries = jdbc.sql(
                            """
                            update scheduled_tasks
                            set picked = false, picked_by = null, last_heartbeat = null, version = version + 1
                            where picked""")
                    .update();
            if (entries > 0) {
                log.info("The previous process was killed; runs that it was training and that continue: {}", entries);
            }
        });
    }
}
