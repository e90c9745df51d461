package org.initlab.events;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.initlab.platform.ConditionalOnRole;
import org.initlab.platform.Role;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.postgresql.PGProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Announces every committed change of an experiment, whichever process made it, from PostgreSQL's NOTIFY.
 *
 * <p>It listens on its own connection, as it would never return one to the pool. What happened while the connection was
 * down is unknown, so every subscriber is called once it is up again.
 */
@Component
@ConditionalOnRole(Role.API)
public class ChangeFeed implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(ChangeFeed.class);
    private static final int QUIET_MILLIS = 5000;
    private static final int CONNECT_SECONDS = 5;
    private static final int RETRY_SECONDS = 1;

    private final JdbcConnectionDetails database;
    private final Set<Subscription> subscriptions = new CopyOnWriteArraySet<>();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile Connection connection;
    private volatile boolean running;
    private boolean deaf;

    ChangeFeed(JdbcConnectionDetails database) {
        this.database = database;
    }

    /** Lasts until it is closed. */
    public final class Subscription implements AutoCloseable {
        private final @Nullable String experimentId;
        private final Runnable subscriber;

        private Subscription(@Nullable String experimentId, Runnable subscriber) {
            this.experimentId = experimentId;
            this.subscriber = subscriber;
        }

        private boolean isFor(String changed) {
            return experimentId == null || experimentId.equals(changed);
        }

        /** One that fails must not cost the others their news. */
        private void call() {
            try {
                subscriber.run();
            } catch (RuntimeException | Error e) {
                log.error(
                        "A subscriber to the changes of {} failed",
                        experimentId == null ? "all experiments" : "experiment " + experimentId,
                        e);
            }
        }

        @Override
        public void close() {
            subscriptions.remove(this);
        }
    }

    /** Calls the subscriber after each change of an experiment, perhaps once for several; it must not block. */
    public Subscription subscribe(UUID experimentId, Runnable subscriber) {
        return add(new Subscription(experimentId.toString(), subscriber));
    }

    /** The same for the changes of all experiments, those that are deleted included. */
    public Subscription subscribeToAll(Runnable subscriber) {
        return add(new Subscription(null, subscriber));
    }

    private Subscription add(Subscription subscription) {
        subscriptions.add(subscription);
        return subscription;
    }

    @Override
    public void start() {
        running = true;
        Thread thread = new Thread(this::listen, "changes");
        thread.setDaemon(true);
        thread.start();
    }

    private void listen() {
        while (running) {
            try (Connection opened = connect();
                    Statement statement = opened.createStatement()) {
                connection = opened;
                statement.execute("listen experiment");
                if (deaf) {
                    log.info("Changes are announced again");
                }
                deaf = false;
                subscriptions.forEach(Subscription::call);
                while (running) {
                    receive(opened);
                }
            } catch (SQLException e) {
                warn("Changes are not announced until the database is back: {}", e.getMessage());
                pause();
            } catch (RuntimeException | Error e) {
                // a thread that ended here would leave everyone who waits without news
                warn("Changes are not announced for a moment", e);
                pause();
            }
        }
    }

    private Connection connect() throws SQLException {
        Properties properties = new Properties();
        PGProperty.USER.set(properties, database.getUsername());
        PGProperty.PASSWORD.set(properties, database.getPassword());
        PGProperty.CONNECT_TIMEOUT.set(properties, CONNECT_SECONDS);
        PGProperty.TCP_KEEP_ALIVE.set(properties, true);
        return DriverManager.getConnection(database.getJdbcUrl(), properties);
    }

    private void receive(Connection opened) throws SQLException {
        PGNotification[] notifications = opened.unwrap(PGConnection.class).getNotifications(QUIET_MILLIS);
        if (notifications == null || notifications.length == 0) {
            requireAlive(opened);
            return;
        }
        for (PGNotification notification : notifications) {
            for (Subscription subscription : subscriptions) {
                if (subscription.isFor(notification.getParameter())) {
                    subscription.call();
                }
            }
        }
    }

    /** A connection whose other end vanished is as silent as one without news. */
    private static void requireAlive(Connection opened) throws SQLException {
        if (!opened.isValid(CONNECT_SECONDS)) {
            throw new SQLException("the connection is broken");
        }
    }

    private void warn(String message, Object detail) {
        if (running && !deaf) {
            log.warn(message, detail);
        }
        deaf = true;
    }

    private void pause() {
        try {
            stopped.await(RETRY_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            running = false;
        }
    }

    @Override
    public void stop() {
        running = false;
        stopped.countDown();
        try {
            Connection open = connection;
            if (open != null) {
                open.abort(Runnable::run);
            }
        } catch (SQLException e) {
            log.debug("The connection is broken already", e);
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
