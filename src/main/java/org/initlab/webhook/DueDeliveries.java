package org.initlab.webhook;

import com.github.kagkarlsson.scheduler.jdbc.PostgreSqlJdbcCustomization;

/** Lets a scheduler take only the entries of its own target. */
class DueDeliveries extends PostgreSqlJdbcCustomization {
    private final Target target;

    DueDeliveries(Target target) {
        super(true, true);
        this.target = target;
    }

    @Override
    public String createGenericSelectForUpdateQuery(
            String table, int limit, String requiredAndCondition, boolean orderByPriority) {
        return super.createGenericSelectForUpdateQuery(
                table, limit, requiredAndCondition + " and task_name = '" + target.id() + "'", orderByPriority);
    }
}
