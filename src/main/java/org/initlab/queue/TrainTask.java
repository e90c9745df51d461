package org.initlab.queue;

import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.time.Duration;
import java.util.UUID;
import org.initlab.run.RunExecutor;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The queue's one task: train the run whose id is the entry's. */
@Configuration(proxyBeanMethods = false)
class TrainTask {
    static final TaskDescriptor<Void> DESCRIPTOR = TaskDescriptor.of("train");

    private static final Duration RETRY_WITHOUT_DATABASE = Duration.ofSeconds(5);

    @Bean
    CustomTask<Void> train(ObjectProvider<RunExecutor> executor) {
        return Tasks.custom(DESCRIPTOR)
                .onDeadExecution(TrainTask::keepPlace)
                .onFailure(new FailureHandler.OnFailureRetryLater<>(RETRY_WITHOUT_DATABASE))
                .execute((instance, context) -> {
                    RunExecutor.Result result = executor.getObject()
                            .execute(UUID.fromString(instance.getId()), () -> context.getSchedulerState()
                                    .isShuttingDown());
                    return switch (result) {
                        case DONE -> new CompletionHandler.OnCompleteRemove<>();
                        case HANDED_BACK -> TrainTask::keepPlace;
                    };
                });
    }

    /** Back into the queue where it was, so that what has begun goes on before what has not. */
    private static void keepPlace(ExecutionComplete complete, ExecutionOperations<Void> operations) {
        operations.reschedule(complete, complete.getExecution().executionTime);
    }
}
