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

/** The queue's one task: train the run that the entry names. */
@Configuration(proxyBeanMethods = false)
class TrainTask {
    static final TaskDescriptor<Void> DESCRIPTOR = TaskDescriptor.of("train");

    private static final Duration RETRY_WITHOUT_DATABASE = Duration.ofSeconds(5);
    /** A worker looks this often whether it has what a run lacks; another one may in between. */
    private static final Duration RETRY_OF_DECLINED = Duration.ofSeconds(15);

    @Bean
    CustomTask<Void> train(
            ObjectProvider<RunExecutor> executor, ObjectProvider<Presence> presence, Stop stop, Clock clock) {
        return Tasks.custom(DESCRIPTOR)
                .onDeadExecution((complete, operations) -> {
                    if (presence.getObject().mayJudgeOthers()) {
                        keepPlace(complete, operations);
                    }
                })
                .onFailure(new FailureHandler.OnFailureRetryLater<>(RETRY_WITHOUT_DATABASE))
                .execute((instance, context) -> {
                    RunQueue.Entry entry = RunQueue.Entry.parse(instance.getId());
                    return completion(
                            executor.getObject()
                                    .execute(entry.runId(), entry.number(), () -> isStopping(stop, context)),
                            clock);
                });
    }

    private static boolean isStopping(Stop stop, ExecutionContext context) {
        return stop.isRequested() || context.getSchedulerState().isShuttingDown();
    }

    private static CompletionHandler<Void> completion(RunExecutor.Result result, Clock clock) {
        return switch (result) {
            case DONE -> new CompletionHandler.OnCompleteRemove<>();
            case HANDED_BACK -> TrainTask::keepPlace;
            case DECLINED ->
                (complete, operations) ->
                        operations.reschedule(complete, clock.instant().plus(RETRY_OF_DECLINED));
        };
    }

    /** Back into the queue where it was, so that what has begun goes on before the arms and trials after it. */
    private static void keepPlace(ExecutionComplete complete, ExecutionOperations<Void> operations) {
        operations.reschedule(complete, complete.getExecution().executionTime);
    }
}
