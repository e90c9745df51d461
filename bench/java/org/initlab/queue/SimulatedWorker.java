package org.initlab.queue;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.boot.config.DbSchedulerProperties;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.initlab.bench.OperationTimes;
import org.initlab.run.RunExecutor;
import org.initlab.run.UntrainedRuns;
import org.initlab.worker.Presence;
import org.initlab.worker.SimulatedPresence;
import org.initlab.worker.Worker;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.support.StaticListableBeanFactory;

/** One of many workers in a process: it has a scheduler, a row and a heartbeat of its own, and trains nothing. */
public final class SimulatedWorker implements AutoCloseable {
    private final Scheduler scheduler;

    /**
     * Starts it.
     *
     * @param beans the service's, of a process that is no worker itself
     * @param pause in place of each epoch's training
     */
    public SimulatedWorker(String name, BeanFactory beans, OperationTimes times, Supplier<Duration> pause) {
        Worker worker = SimulatedPresence.worker(name);
        Presence presence = SimulatedPresence.of(worker, beans);
        StaticListableBeanFactory own = new StaticListableBeanFactory();
        own.addBean("worker", worker);
        own.addBean("presence", presence);
        own.addBean("executor", new UntrainedRuns(beans, worker, presence, times, pause));
        DbSchedulerProperties settings = beans.getBean(DbSchedulerProperties.class);
        scheduler = Scheduler.create(
                        beans.getBean(DataSource.class),
                        new TrainTask()
                                .train(
                                        own.getBeanProvider(RunExecutor.class),
                                        own.getBeanProvider(Presence.class),
                                        new ShutdownSignal(own.getBeanProvider(Scheduler.class)),
                                        beans.getBean(Clock.class)))
                .schedulerName(new SchedulerName.Fixed(name))
                .jdbcCustomization(new DueRuns(own.getBeanProvider(Worker.class)))
                .threads(settings.getThreads())
                .pollingInterval(settings.getPollingInterval())
                .pollUsingLockAndFetch(
                        settings.getPollingStrategyLowerLimitFractionOfThreads(),
                        settings.getPollingStrategyUpperLimitFractionOfThreads())
                .heartbeatInterval(settings.getHeartbeatInterval())
                .missedHeartbeatsLimit(settings.getMissedHeartbeatsLimit())
                .shutdownMaxWait(settings.getShutdownMaxWait())
                .enablePriority()
                .alwaysPersistTimestampInUTC()
                .build();
        scheduler.start();
    }

    @Override
    public void close() {
        scheduler.stop();
    }
}
