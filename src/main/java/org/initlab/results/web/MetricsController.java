package org.initlab.results.web;

import java.util.UUID;
import org.initlab.events.web.LongPoll;
import org.initlab.experiment.ExperimentQueries;
import org.initlab.platform.ConditionalOnRole;
import org.initlab.platform.Role;
import org.initlab.platform.json.BodyType;
import org.initlab.results.MetricsJson;
import org.initlab.results.MetricsView;
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
    @BodyType(MetricsView.class)
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
