package org.initlab.queue;

import com.github.kagkarlsson.scheduler.jdbc.PostgreSqlJdbcCustomization;
import org.initlab.worker.Worker;
import org.springframework.beans.factory.ObjectProvider;

/**
 * How a worker takes the next run: the first of those that may train on its device, so that the others stay where they
 * are, for workers that have theirs.
 */
class DueRuns extends PostgreSqlJdbcCustomization {
    private final ObjectProvider<Worker> worker;

    DueRuns(ObjectProvider<Worker> worker) {
        // two statements: PostgreSQL may run the one statement's LIMIT 1 once a row, and then it takes the whole queue
        super(true, true);
        this.worker = worker;
    }

    @Override
    public String createGenericSelectForUpdateQuery(
            String table, int limit, String requiredAndCondition, boolean orderByPriority) {
        // a subquery that cannot become a join: PostgreSQL must not read all runs for it
        String onThisDevice =
                """
                 and coalesce((select required_device from run where id = split_part(task_instance, '/', 1)::uuid), '%1$s') = '%1$s'"""
                        .formatted(worker.getObject().deviceType());
        return super.createGenericSelectForUpdateQuery(
                table, limit, requiredAndCondition + onThisDevice, orderByPriority);
    }
}
