package org.initlab.queue;

import com.github.kagkarlsson.scheduler.jdbc.PostgreSqlJdbcCustomization;
import org.initlab.worker.Worker;
import org.springframework.beans.factory.ObjectProvider;

/** Lets a worker take only entries for its kind of device; the others stay in their places, for workers that have theirs. */
class DueRuns extends PostgreSqlJdbcCustomization {
    private final ObjectProvider<Worker> worker;

    DueRuns(ObjectProvider<Worker> worker) {
        // two statements: PostgreSQL may evaluate the single statement's LIMIT 1 once per row, and so take the whole
        // queue
        super(true, true);
        this.worker = worker;
    }

    @Override
    public String createGenericSelectForUpdateQuery(
            String table, int limit, String requiredAndCondition, boolean orderByPriority) {
        String forThisDevice = " and coalesce(required_device, '%1$s') = '%1$s'"
                .formatted(worker.getObject().deviceType());
        return super.createGenericSelectForUpdateQuery(
                table, limit, requiredAndCondition + forThisDevice, orderByPriority);
    }
}
