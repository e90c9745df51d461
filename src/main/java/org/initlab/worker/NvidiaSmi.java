package org.initlab.worker;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The tool that comes with every NVIDIA driver. */
public final class NvidiaSmi {
    private static final Logger log = LoggerFactory.getLogger(NvidiaSmi.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Pattern GPU = Pattern.compile("(?m)^GPU \\d+: (.+) \\(UUID: .*\\)\\s*$");

    private final String program;
    private final Duration patience;

    /** The one on the path. */
    public NvidiaSmi() {
        this("nvidia-smi", PATIENCE);
    }

    /**
     * Runs a program for every question.
     *
     * @param patience how long it may take: when a GPU hangs, so does the tool
     */
    public NvidiaSmi(String program, Duration patience) {
        this.program = program;
        this.patience = patience;
    }

    /** The names of this machine's GPUs; empty if there are none, or no tool. */
    public List<String> gpus() {
        return GPU.matcher(ask("--list-gpus").orElse(""))
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    /** What it prints when it is run with these arguments; empty if it cannot be run, or does not end in time. */
    public Optional<String> ask(String... arguments) {
        List<String> command =
                Stream.concat(Stream.of(program), Stream.of(arguments)).toList();
        try {
            Process tool = new ProcessBuilder(command).redirectErrorStream(true).start();
            try (InputStream out = tool.getInputStream()) {
                if (tool.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                    return Optional.of(new String(out.readAllBytes(), StandardCharsets.UTF_8));
                }
                log.debug("{} does not answer within {}", program, patience);
            } finally {
                tool.destroyForcibly();
            }
        } catch (IOException e) {
            log.debug("{} cannot be run", program, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Optional.empty();
    }
}
