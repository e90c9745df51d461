package org.initlab.queue;

import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.time.Clock;
import java.time.Duration;
import org.initlab.run.RunExecutor;
import org.initlab.worker.Presence;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The only task of the queue: train the run that the entry names. */
@Configuration(proxyBeanMethods = false)
class TrainTask {
    static final TaskDescriptor<Void> DESCRIPTOR = TaskDescriptor.of("train");

    private static final Duration RETRY_AFTER_FAILURE = Duration.ofSeconds(5);
    /** How long a run that a worker cannot train is left to the others. */
    private static final Duration LEFT_TO_OTHERS = Duration.ofSeconds(15);

    @Bean
    CustomTask<Void> train(
            ObjectProvider<RunExecutor> executor,
            ObjectProvider<Presence> presence,
            ShutdownSignal shutdown,
            Clock clock) {
        return Tasks.custom(DESCRIPTOR)
                .onDeadExecution((complete, operations) -> {
                    String instance = complete.getExecution().taskInstance.getId();
                    if (presence.getObject()
                            .mayDeclareDead(RunQueue.Entry.parse(instance).runId())) {
                        keepPlace(complete, operations);
                    }
                })
                .onFailure(new FailureHandler.OnFailureRetryLater<>(RETRY_AFTER_FAILURE))
                .execute((instance, context) -> {
                    RunQueue.Entry entry = RunQueue.Entry.parse(instance.getId());
                    return completion(
                            executor.getObject()
                                    .execute(entry.runId(), entry.number(), () -> isStopping(shutdown, context)),
                            clock);
                });
    }

    private static boolean isStopping(ShutdownSignal shutdown, ExecutionContext context) {
        return shutdown.isRaised() || context.getSchedulerState().isShuttingDown();
    }

    private static CompletionHandler<Void> completion(RunExecutor.Result result, Clock clock) {
        return switch (result) {
            case DONE -> new CompletionHandler.OnCompleteRemove<>();
            case REQUEUED -> TrainTask::keepPlace;
            case WORKER_UNSUITABLE ->
                (complete, operations) ->
                        operations.reschedule(complete, clock.instant().plus(LEFT_TO_OTHERS));
        };
    }

    /** Puts a run back where it was, so that it continues before the arms and trials after it begin. */
    private static void keepPlace(ExecutionComplete complete, ExecutionOperations<Void> operations) {
        operations.reschedule(complete, complete.getExecution().executionTime);
    }
}
