package org.initlab.results.web;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.initlab.experiment.ExperimentRuns;
import org.initlab.platform.ConditionalOnRole;
import org.initlab.platform.Role;
import org.initlab.platform.http.Head;
import org.initlab.results.CsvExport;
import org.initlab.run.LastCheckpoint;
import org.initlab.run.LastCheckpoints;
import org.initlab.run.RunView;
import org.initlab.training.Predictions;
import org.initlab.training.weights.SafetensorsExcerpt;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.ServletWebRequest;

/** What a run's last checkpoint holds for other programs. */
@RestController
@RequestMapping("/experiments/{id}/runs/{runId}")
@ConditionalOnRole(Role.API)
class TakeAlongController {
    private final ExperimentRuns runs;
    private final LastCheckpoints checkpoints;

    TakeAlongController(ExperimentRuns runs, LastCheckpoints checkpoints) {
        this.runs = runs;
        this.checkpoints = checkpoints;
    }

    @GetMapping("/weights.safetensors")
    void weights(
            @PathVariable UUID id, @PathVariable UUID runId, ServletWebRequest request, HttpServletResponse response)
            throws IOException {
        RunView run = runs.get(id, runId);
        try (LastCheckpoint checkpoint = checkpoints.open(run)) {
            if (request.checkNotModified(checkpoint.tag())) {
                return;
            }
            boolean bodyWanted = !Head.isAllOf(request.getRequest());
            if (bodyWanted) {
                checkpoint.requireSound();
            }
            SafetensorsExcerpt weights = checkpoint.weights(run);
            response.setContentType(MediaType.APPLICATION_OCTET_STREAM_VALUE);
            response.setContentLengthLong(weights.length());
            name(response, "weights-" + runId + ".safetensors");
            if (bodyWanted) {
                weights.writeTo(response.getOutputStream());
            }
        }
    }

    @GetMapping("/predictions.csv")
    void predictions(
            @PathVariable UUID id, @PathVariable UUID runId, ServletWebRequest request, HttpServletResponse response)
            throws IOException {
        try (LastCheckpoint checkpoint = checkpoints.open(runs.get(id, runId))) {
            if (request.checkNotModified(checkpoint.tag())) {
                return;
            }
            checkpoint.requireSound();
            Predictions predictions = checkpoint.predictions();
            response.setContentType("text/csv");
            response.setCharacterEncoding(StandardCharsets.UTF_8);
            name(response, "predictions-" + runId + ".csv");
            if (!Head.isAllOf(request.getRequest())) {
                CsvExport.writePredictions(predictions, response.getWriter());
            }
        }
    }

    private static void name(HttpServletResponse response, String file) {
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment().filename(file).build().toString());
    }
}
