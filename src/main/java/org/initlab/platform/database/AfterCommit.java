package org.initlab.platform.database;

import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Runs what must wait until a transaction has been committed. */
public final class AfterCommit {
    private AfterCommit() {}

    /**
     * Runs the action when the caller's transaction has been committed, in its thread; never where it is rolled back.
     *
     * @throws IllegalStateException if there is no transaction
     */
    public static void run(Runnable action) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                action.run();
            }
        });
    }
}
