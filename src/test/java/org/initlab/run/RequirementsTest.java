package org.initlab.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.initlab.training.catalog.DatasetAddresses;
import org.initlab.training.catalog.DatasetCatalog;
import org.initlab.training.catalog.NetworkFiles;
import org.initlab.training.catalog.WeightsCatalog;
import org.initlab.training.data.cache.RowCache;
import org.initlab.training.network.ImageNetWeights;
import org.initlab.training.spec.BiasInit;
import org.initlab.training.spec.DatasetSpec;
import org.initlab.training.spec.EvaluationSpec;
import org.initlab.training.spec.ModelSpec;
import org.initlab.training.spec.TrainingPlan;
import org.initlab.training.spec.TrainingSpec;
import org.initlab.worker.Worker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequirementsTest {
    private static final Worker WORKER = new Worker(UUID.randomUUID(), "first", "here", "cpu", 2, 3, Duration.ZERO);
    private static final RunSpec MODULE = new RunSpec(
            UUID.randomUUID(),
            "zeros",
            0,
            0,
            null,
            false,
            null,
            new TrainingPlan(
                    new DatasetSpec("digits", null, null, null, null, null),
                    ModelSpec.torchScript("mine.pt"),
                    new BiasInit.Zeros(),
                    new TrainingSpec(),
                    new EvaluationSpec(),
                    42,
                    10));

    @TempDir
    Path home;

    @Test
    void aRunOfAModuleWaitsForAWorkerThatMayRunModulesAndHasItsFile() throws IOException {
        assertThat(ofAWorker(false).lacking(MODULE, WORKER))
                .contains("a worker with initlab.networks.allow=true: first may not run modules");
        assertThat(ofAWorker(true).lacking(MODULE, WORKER)).hasValueSatisfying(lack -> assertThat(lack)
                .startsWith("a worker that has the file networks/mine.pt: first does not"));

        Files.createFile(Files.createDirectories(home.resolve("networks")).resolve("mine.pt"));

        assertThat(ofAWorker(true).lacking(MODULE, WORKER)).isEmpty();
        assertThat(ofAWorker(false).lacking(MODULE, WORKER)).isPresent();
    }

    private Requirements ofAWorker(boolean allowed) {
        return new Requirements(
                new DatasetCatalog(
                        home.resolve("datasets"),
                        DatasetAddresses.official(),
                        RowCache.unlimited(home.resolve("cache"))),
                new WeightsCatalog(home.resolve("weights"), ImageNetWeights.OFFICIAL_ADDRESS),
                new NetworkFiles(home.resolve("networks"), allowed));
    }
}
