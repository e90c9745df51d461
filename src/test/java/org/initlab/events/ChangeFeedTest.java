package org.initlab.events;

import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.initlab.platform.ServiceTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@ServiceTest
class ChangeFeedTest {
    @Autowired
    ChangeFeed changes;

    @Autowired
    JdbcClient jdbc;

    private final UUID experiment = UUID.randomUUID();
    private final AtomicInteger heard = new AtomicInteger();

    private final List<ChangeFeed.Subscription> subscriptions = new ArrayList<>();

    /** Everyone is called when the feed connects, which may be after the context has started. */
    @BeforeEach
    void awaitAnnouncements() {
        UUID other = UUID.randomUUID();
        AtomicInteger calls = new AtomicInteger();
        ChangeFeed.Subscription subscription = changes.subscribe(other, calls::incrementAndGet);
        await().until(() -> {
            announce(other.toString());
            return calls.get() > 1;
        });
        subscription.close();
    }

    @AfterEach
    void unsubscribe() {
        subscriptions.forEach(ChangeFeed.Subscription::close);
    }

    @Test
    void subscribersThatFailCostNobodyElseTheNews() {
        subscribe(() -> {
            throw new IllegalStateException("a test's");
        });
        subscribe(() -> {
            throw new StackOverflowError("a test's");
        });
        subscribe(heard::incrementAndGet);

        announce(experiment.toString());
        await().until(() -> heard.get() == 1);
        announce(experiment.toString());
        await().until(() -> heard.get() == 2);
    }

    @Test
    void anAnnouncementOfAnythingElseIsPassedOver() {
        subscribe(heard::incrementAndGet);

        announce("no experiment");
        announce(experiment.toString());
        await().until(() -> heard.get() == 1);
    }

    private void subscribe(Runnable subscriber) {
        subscriptions.add(changes.subscribe(experiment, subscriber));
    }

    private void announce(String what) {
        jdbc.sql("select pg_notify('experiment', ?)").param(what).query(rs -> {});
    }
}
