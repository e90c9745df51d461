package org.initlab.webhook;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.boot.config.DbSchedulerProperties;
import com.github.kagkarlsson.scheduler.serializer.Serializer;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.initlab.platform.ConditionalOnRole;
import org.initlab.platform.Role;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sends webhooks from this process. Each target has a scheduler and a thread of its own, so a slow one delays no other; and all of
 * them have a queue apart from the runs'.
 */
@Component
@ConditionalOnRole(Role.API)
@EnableConfigurationProperties(WebhookProperties.class)
class Webhooks implements SmartLifecycle {
    private static final Duration HEARTBEAT = Duration.ofSeconds(10);
    private static final Duration PATIENCE_ON_STOP = Duration.ofSeconds(1);
    /** For what fails before anything is sent, such as reading the results. */
    private static final FailureHandler<Delivery> RETRY = FailureHandler.<Delivery>maxRetries(12)
            .withBackoff(Duration.ofSeconds(5), 2)
            .thenRemove();

    private final List<Target> targets;
    private final @Nullable URI publicUrl;
    private final DataSource database;
    private final Duration pollingInterval;
    private final Outbox outbox;
    private final WebhookClient client;
    private final BodyWriter bodies;
    private final JsonMapper json;
    private final MeterRegistry meters;
    private final Clock clock;
    private List<Scheduler> schedulers = List.of();

    Webhooks(
            WebhookProperties properties,
            DataSource database,
            DbSchedulerProperties polling,
            Outbox outbox,
            WebhookClient client,
            BodyWriter bodies,
            JsonMapper json,
            MeterRegistry meters,
            Clock clock) {
        targets = properties.targets();
        publicUrl = properties.publicUrl();
        this.database = database;
        pollingInterval = polling.getPollingInterval();
        this.outbox = outbox;
        this.client = client;
        this.bodies = bodies;
        this.json = json;
        this.meters = meters;
        this.clock = clock;
    }

    @Override
    public synchronized void start() {
        outbox.register(targets.stream().map(Target::id).toList());
        // each knows all tasks, as whichever comes first revives what a dead process was sending
        List<Task<?>> tasks = targets.stream().<Task<?>>map(this::task).toList();
        schedulers = targets.stream().map(target -> scheduler(target, tasks)).toList();
        schedulers.forEach(Scheduler::start);
    }

    private Task<Delivery> task(Target target) {
        Deliverer deliverer =
                new Deliverer(target, client, event -> bodies.write(event, publicUrl), outbox, meters, clock);
        return Tasks.custom(TaskDescriptor.of(target.id(), Delivery.class))
                .onFailure(RETRY)
                .execute((entry, context) -> deliverer.attempt(entry.getData()));
    }

    private Scheduler scheduler(Target target, List<Task<?>> tasks) {
        return Scheduler.create(database, tasks)
                .tableName(Outbox.QUEUE)
                .jdbcCustomization(new DueDeliveries(target))
                .pollUsingLockAndFetch(0.5, 1.0)
                .serializer(new JsonEntries(json))
                .schedulerName(new SchedulerName.Fixed("webhooks-" + UUID.randomUUID()))
                .threads(1)
                .pollingInterval(pollingInterval)
                .heartbeatInterval(HEARTBEAT)
                .shutdownMaxWait(PATIENCE_ON_STOP)
                .build();
    }

    @Override
    public synchronized void stop() {
        schedulers.forEach(Scheduler::stop);
        schedulers = List.of();
    }

    /** Before the first request that could end an experiment, and until after the last. */
    @Override
    public int getPhase() {
        return 0;
    }

    @Override
    public synchronized boolean isRunning() {
        return !schedulers.isEmpty();
    }

    private record JsonEntries(JsonMapper json) implements Serializer {
        @Override
        public byte[] serialize(Object data) {
            return json.writeValueAsBytes(data);
        }

        @Override
        public <T> T deserialize(Class<T> type, byte[] data) {
            return json.readValue(data, type);
        }
    }
}
