package org.initlab.webhook;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.UUID;
import org.hibernate.id.uuid.UuidVersion7Strategy;
import org.initlab.experiment.ExperimentEnded;
import org.initlab.experiment.ExperimentState;
import org.initlab.study.StudyEnded;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/**
 * Queues what has ended for each target, in the transaction in which it ends. Processes that end experiments need not know the
 * targets' settings, which are secrets: the database says which targets there are.
 */
@Component
class Outbox {
    static final String QUEUE = "webhook_delivery";

    private final JdbcClient jdbc;
    private final JsonMapper json;

    Outbox(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** Makes these the targets from now on, and drops what waits for any other. */
    @Transactional
    void register(Collection<String> targets) {
        String[] ids = targets.toArray(String[]::new);
        // two processes that start together register in turn
        jdbc.sql("lock table webhook in share row exclusive mode").update();
        jdbc.sql("delete from webhook where id <> all (?)").param(ids).update();
        jdbc.sql("insert into webhook (id) select unnest(?) on conflict (id) do update set gone_at = null")
                .param(ids)
                .update();
        jdbc.sql("delete from webhook_delivery where task_name <> all (?)")
                .param(ids)
                .update();
    }

    /** Queues nothing more for a target until a process registers it again, and drops what waits for it. */
    @Transactional
    void gone(String target, Instant now) {
        jdbc.sql("update webhook set gone_at = ? where id = ?")
                .params(utc(now), target)
                .update();
        jdbc.sql("delete from webhook_delivery where task_name = ? and not picked")
                .param(target)
                .update();
    }

    @EventListener
    @Transactional(propagation = Propagation.MANDATORY)
    void on(ExperimentEnded ended) {
        add(WebhookEvent.Type.EXPERIMENT_ENDED, ended.id(), ended.name(), ended.state(), ended.studyId(), ended.at());
    }

    @EventListener
    @Transactional(propagation = Propagation.MANDATORY)
    void on(StudyEnded ended) {
        add(WebhookEvent.Type.STUDY_ENDED, ended.id(), ended.name(), ended.state(), null, ended.at());
    }

    private void add(
            WebhookEvent.Type type,
            UUID subject,
            String name,
            ExperimentState state,
            @Nullable UUID studyId,
            Instant at) {
        UUID id = UuidVersion7Strategy.INSTANCE.generateUuid(null);
        WebhookEvent event = new WebhookEvent(id, type, subject, name, state, studyId, at);
        jdbc.sql(
                        """
                        insert into webhook_delivery (task_name, task_instance, task_data, execution_time, picked, version)
                        select id, ?, ?, ?, false, 1 from webhook where gone_at is null""")
                .params(id.toString(), json.writeValueAsBytes(Delivery.of(event)), utc(at))
                .update();
    }

    private static OffsetDateTime utc(Instant time) {
        return OffsetDateTime.ofInstant(time, ZoneOffset.UTC);
    }
}
