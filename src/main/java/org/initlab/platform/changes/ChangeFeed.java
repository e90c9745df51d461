package org.initlab.platform.changes;

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
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.postgresql.PGProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Tells of every committed change of an experiment, by whichever process, as PostgreSQL's NOTIFY announces it.
 *
 * <p>It listens on a connection of its own, as one of the pool's would never come back. What happened while that was
 * broken is unknown, so every subscriber is called when it is there again.
 */
@Component
@ConditionalOnRole(Role.API)
public class ChangeFeed implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(ChangeFeed.class);
    private static final int QUIET_MILLIS = 5000;
    private static final int CONNECT_SECONDS = 5;

    private final JdbcConnectionDetails database;
    private final Set<Subscription> subscriptions = new CopyOnWriteArraySet<>();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile Connection connection;
    private volatile boolean running;
    private boolean deaf;

    ChangeFeed(JdbcConnectionDetails database) {
        this.database = database;
    }

    /** What to call; ends when it is closed. */
    public final class Subscription implements AutoCloseable {
        private final UUID experimentId;
        private final Runnable subscriber;

        private Subscription(UUID experimentId, Runnable subscriber) {
            this.experimentId = experimentId;
            this.subscriber = subscriber;
        }

        @Override
        public void close() {
            subscriptions.remove(this);
        }
    }

    /** Calls after each change of an experiment, perhaps once for several; the call must not block. */
    public Subscription subscribe(UUID experimentId, Runnable subscriber) {
        Subscription subscription = new Subscription(experimentId, subscriber);
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
                    log.info("Changes are heard of again");
                }
                deaf = false;
                subscriptions.forEach(subscription -> subscription.subscriber.run());
                while (running) {
                    receive(opened);
                }
            } catch (SQLException e) {
                awaitReturn(e);
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
            UUID id = UUID.fromString(notification.getParameter());
            for (Subscription subscription : subscriptions) {
                if (subscription.experimentId.equals(id)) {
                    subscription.subscriber.run();
                }
            }
        }
    }

    /** A connection whose other end is gone without a word is as quiet as one without news. */
    private static void requireAlive(Connection opened) throws SQLException {
        if (!opened.isValid(CONNECT_SECONDS)) {
            throw new SQLException("the connection is broken");
        }
    }

    private void awaitReturn(SQLException failure) {
        if (running && !deaf) {
            log.warn("Changes are not heard of until the database is back: {}", failure.getMessage());
        }
        deaf = true;
        try {
            stopped.await(1, TimeUnit.SECONDS);
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
