package org.initlab.queue;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.boot.config.DbSchedulerCustomizer;
import com.github.kagkarlsson.scheduler.boot.config.DbSchedulerStarter;
import com.github.kagkarlsson.scheduler.jdbc.JdbcCustomization;
import java.util.Optional;
import java.util.UUID;
import org.initlab.platform.InitLabProperties;
import org.initlab.platform.Role;
import org.initlab.worker.Worker;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.context.event.EventListener;

/** Adapts db-scheduler to the process: only workers poll, each under its own name. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(QueueProperties.class)
class QueueConfiguration {

    @Bean
    DbSchedulerCustomizer schedulerCustomizer(ObjectProvider<Worker> worker) {
        // two processes with the same name would mistake each other's executions for their own
        SchedulerName name = new SchedulerName.Fixed("worker-" + UUID.randomUUID());
        return new DbSchedulerCustomizer() {
            @Override
            public Optional<SchedulerName> schedulerName() {
                return Optional.of(name);
            }

            @Override
            public Optional<JdbcCustomization> jdbcCustomization() {
                return Optional.of(new DueRuns(worker));
            }
        };
    }

    @Bean
    DbSchedulerStarter start(Scheduler scheduler, InitLabProperties properties, CrashRecovery recovery) {
        return properties.does(Role.WORKER)
                ? new WorkerStart(scheduler, recovery)
                : properties.leadsWorkers() ? new LeaderStart(recovery) : () -> {};
    }

    private record WorkerStart(Scheduler scheduler, CrashRecovery recovery) implements DbSchedulerStarter {
        @EventListener(ContextRefreshedEvent.class)
        @Override
        public void doStart() {
            recovery.releaseEntries();
            scheduler.start();
        }
    }

    /** The workers that it starts know no more of the processes before them than those on other hosts do. */
    private record LeaderStart(CrashRecovery recovery) implements DbSchedulerStarter {
        @EventListener(ContextRefreshedEvent.class)
        @Override
        public void doStart() {
            recovery.releaseEntries();
        }
    }
}
