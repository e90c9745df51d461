package org.initlab.bench;

import static net.bytebuddy.matcher.ElementMatchers.isNative;
import static net.bytebuddy.matcher.ElementMatchers.named;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import net.bytebuddy.agent.ByteBuddyAgent;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.asm.Advice;
import org.initlab.training.EpochResult;
import org.initlab.training.Snapshot;
import org.initlab.training.StepLosses;
import org.initlab.training.TrainingControl;
import org.initlab.training.TrainingListener;
import org.initlab.training.data.DatasetSummary;

/**
 * Counts what the host does for one step of the real trainer, averaged over some: the calls from Java into PyTorch, by function, and
 * the bytes of Java objects that the training thread allocates. Arguments as {@link Trainee}'s.
 */
final class CountedCalls implements TrainingControl, TrainingListener {
    /** The last two lines of the output start so, and go on with a number. */
    static final String CALLS = "calls";

    static final String BYTES = "bytes";

    private static final int WARM_UP = 5;
    private static final int STEPS = 10;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private int next;
    private boolean running;
    private long allocated;

    private CountedCalls() {}

    public static void main(String[] args) {
        new AgentBuilder.Default()
                .enableNativeMethodPrefix("counted")
                .type(named("ai.djl.pytorch.jni.PyTorchLibrary"))
                .transform((builder, type, loader, module, domain) ->
                        builder.method(isNative()).intercept(Advice.to(Counter.class)))
                .installOn(ByteBuddyAgent.install());
        GivenPyTorch.use();
        CountedCalls counted = new CountedCalls();
        Trainee.train(args, counted, counted);
    }

    /** Runs at each call. */
    public static final class Counter {
        private static final Map<String, LongAdder> CALLS = new ConcurrentHashMap<>();

        private Counter() {}

        @Advice.OnMethodEnter
        static void enter(@Advice.Origin("#m") String method) {
            count(method);
        }

        /** Not within the advice, which is copied into the class that it counts for. */
        public static void count(String method) {
            CALLS.computeIfAbsent(method, name -> new LongAdder()).increment();
        }
    }

    @Override
    public Signal next() {
        if (!running) {
            return Signal.GO_ON;
        }
        next++;
        if (next == WARM_UP) {
            Counter.CALLS.clear();
            allocated = THREADS.getCurrentThreadAllocatedBytes();
        } else if (next == WARM_UP + STEPS) {
            long bytes = THREADS.getCurrentThreadAllocatedBytes() - allocated;
            new TreeMap<>(Counter.CALLS)
                    .forEach((name, calls) -> System.out.println(name + " " + calls.sum() / (double) STEPS));
            System.out.println(CALLS + " "
                    + Counter.CALLS.values().stream().mapToLong(LongAdder::sum).sum() / (double) STEPS);
            System.out.println(BYTES + " " + bytes / STEPS);
            return Signal.ABANDON;
        }
        return Signal.GO_ON;
    }

    @Override
    public void started(DatasetSummary data, double biasValue) {
        running = true;
    }

    @Override
    public void epochFinished(EpochResult result, StepLosses steps, Supplier<Snapshot> snapshot) {}

    @Override
    public void checkpoint(Snapshot snapshot) {}
}
