package org.initlab.experiment;

import java.util.Optional;
import org.initlab.platform.ConditionalOnRole;
import org.initlab.platform.InitLabProperties;
import org.initlab.platform.Role;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Queues a small experiment if the database is empty, so that a newcomer sees a real one run. */
@Component
@ConditionalOnRole(Role.API)
class Quickstart {
    private static final Logger log = LoggerFactory.getLogger(Quickstart.class);

    private final Presets presets;
    private final Submissions submissions;
    private final ExperimentQueries experiments;
    private final JsonMapper json;
    private final Environment environment;
    private final boolean wanted;

    Quickstart(
            Presets presets,
            Submissions submissions,
            ExperimentQueries experiments,
            JsonMapper json,
            Environment environment,
            InitLabProperties properties) {
        this.presets = presets;
        this.submissions = submissions;
        this.experiments = experiments;
        this.json = json;
        this.environment = environment;
        wanted = properties.quickstart();
    }

    @EventListener(ApplicationReadyEvent.class)
    void submitOnce() {
        if (wanted && experiments.isEmpty()) {
            Preset preset = presets.named("quickstart").orElseThrow();
            // processes that start together queue it once
            Optional<String> key = Optional.of("quickstart");
            ExperimentView experiment = submissions.submit(json.writeValueAsBytes(preset.spec()), key);
            log.info(
                    "The database is empty, so the preset quickstart is queued; its results: http://localhost:{}{}",
                    environment.getProperty("local.server.port"),
                    experiment.links().metrics());
        }
    }
}
