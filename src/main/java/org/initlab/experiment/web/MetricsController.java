package org.initlab.experiment.web;

import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.util.UUID;
import org.initlab.experiment.ExperimentQueries;
import org.initlab.experiment.MetricsJson;
import org.initlab.experiment.MetricsView;
import org.initlab.platform.ConditionalOnRole;
import org.initlab.platform.Role;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.ServletWebRequest;

@RestController
@ConditionalOnRole(Role.API)
class MetricsController {
    private final ExperimentQueries experiments;
    private final MetricsJson metrics;
    private final LongPoll longPoll;

    MetricsController(ExperimentQueries experiments, MetricsJson metrics, LongPoll longPoll) {
        this.experiments = experiments;
        this.metrics = metrics;
        this.longPoll = longPoll;
    }

    /** The revision is read before the rows, so that the ETag is never newer than what it is given to. */
    @GetMapping(path = "/experiments/{id}/metrics", produces = MediaType.APPLICATION_JSON_VALUE)
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = MetricsView.class)))
    ResponseEntity<byte[]> metrics(
            @PathVariable UUID id, @RequestParam(defaultValue = "0") int wait, ServletWebRequest request) {
        if (longPoll.holds(id, wait, request.getRequest(), request.getResponse())) {
            return null;
        }
        // a request that was put aside has just been told of a change
        long revision = wait == 0 ? experiments.recentRevision(id) : experiments.revision(id);
        String etag = Long.toString(revision);
        if (request.checkNotModified(etag)) {
            return null;
        }
        return ResponseEntity.ok().eTag(etag).varyBy(HttpHeaders.ACCEPT).body(metrics.of(id, revision));
    }
}
