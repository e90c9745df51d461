package org.initlab.queue;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.boot.config.DbSchedulerCustomizer;
import com.github.kagkarlsson.scheduler.boot.config.DbSchedulerStarter;
import com.github.kagkarlsson.scheduler.boot.config.startup.ContextReadyStart;
import java.util.Optional;
import java.util.UUID;
import org.initlab.platform.InitLabProperties;
import org.initlab.platform.Role;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Fits db-scheduler to the process: only a worker polls, and under a name of its own. */
@Configuration(proxyBeanMethods = false)
class QueueConfiguration {

    /** Two processes with one name would take each other's executions for theirs. */
    @Bean
    DbSchedulerCustomizer uniqueSchedulerName() {
        SchedulerName name = new SchedulerName.Fixed("worker-" + UUID.randomUUID());
        return new DbSchedulerCustomizer() {
            @Override
            public Optional<SchedulerName> schedulerName() {
                return Optional.of(name);
            }
        };
    }

    @Bean
    DbSchedulerStarter start(Scheduler scheduler, InitLabProperties properties) {
        return properties.roles().contains(Role.WORKER) ? new ContextReadyStart(scheduler) : () -> {};
    }
}
