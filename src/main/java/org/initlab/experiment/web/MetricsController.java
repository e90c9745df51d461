package org.initlab.experiment.web;

import java.util.UUID;
import org.initlab.experiment.ExperimentQueries;
import org.initlab.experiment.MetricsQueries;
import org.initlab.experiment.MetricsView;
import org.initlab.platform.ConditionalOnRole;
import org.initlab.platform.Role;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.WebRequest;

@RestController
@ConditionalOnRole(Role.API)
class MetricsController {
    private final ExperimentQueries experiments;
    private final MetricsQueries metrics;

    MetricsController(ExperimentQueries experiments, MetricsQueries metrics) {
        this.experiments = experiments;
        this.metrics = metrics;
    }

    /** The revision is read before the rows, so that the ETag is never newer than what it is given to. */
    @GetMapping(path = "/experiments/{id}/metrics", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<MetricsView> metrics(@PathVariable UUID id, WebRequest request) {
        String etag = Long.toString(experiments.revision(id));
        if (request.checkNotModified(etag)) {
            return null;
        }
        return ResponseEntity.ok().eTag(etag).varyBy(HttpHeaders.ACCEPT).body(metrics.of(id));
    }
}
