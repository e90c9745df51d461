package org.initlab.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.initlab.platform.StartupException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class LedWorkerTest {
    @TempDir
    Path folder;

    private final AtomicInteger refusals = new AtomicInteger();

    @Test
    void oneThatDiesStartsAgainUntilItIsStopped() throws Exception {
        Path starts = folder.resolve("starts");
        LedWorker worker = worker(
                "echo started >> " + starts + "; test $(wc -l < " + starts + ") = 1 && exit 137; exec sleep 600");
        worker.keepRunning();
        await().until(() -> Files.exists(starts) && Files.readAllLines(starts).size() == 2);

        worker.stop();
        worker.awaitEnd();
        assertThat(Files.readAllLines(starts)).hasSize(2);
        assertThat(refusals).hasValue(0);
    }

    @Test
    void oneThatRefusesToStartIsReportedAndNotTriedAgain() throws IOException {
        Path starts = folder.resolve("starts");
        worker("echo started >> " + starts + "; exit 1").keepRunning();
        await().untilAtomic(refusals, value -> assertThat(value).isEqualTo(1));

        assertThat(Files.readAllLines(starts)).hasSize(1);
    }

    @Test
    void allDevicesAreTheGpusOfTheHost() throws IOException {
        Path tool = Files.writeString(
                folder.resolve("nvidia-smi"),
                "#!/bin/sh\necho 'GPU 0: Tesla T4 (UUID: GPU-1)'\necho 'GPU 1: Tesla T4 (UUID: GPU-2)'\n");
        assertThat(tool.toFile().setExecutable(true)).isTrue();

        assertThat(LedWorkers.devices("all", new NvidiaSmi(tool.toString(), Duration.ofMinutes(1))))
                .containsExactly("cuda:0", "cuda:1");
        assertThat(LedWorkers.devices("cuda:1 , cpu,cpu", new NvidiaSmi())).containsExactly("cuda:1", "cpu", "cpu");
        assertThatThrownBy(() -> LedWorkers.devices("all", new NvidiaSmi("no-such-tool", Duration.ofMinutes(1))))
                .isInstanceOf(StartupException.class)
                .hasMessageContaining("nvidia-smi lists no GPU");
    }

    private LedWorker worker(String script) {
        return new LedWorker("1 on cpu", new ProcessBuilder("sh", "-c", script), refusals::incrementAndGet);
    }
}
