package org.initlab.results.web;

import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.util.Optional;
import java.util.UUID;
import org.initlab.events.web.LongPoll;
import org.initlab.experiment.Revisions;
import org.initlab.platform.ConditionalOnRole;
import org.initlab.platform.Role;
import org.initlab.platform.http.Preconditions;
import org.initlab.results.MetricsJson;
import org.initlab.results.MetricsView;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.async.DeferredResult;

@RestController
@ConditionalOnRole(Role.API)
class MetricsController {
    private final Revisions revisions;
    private final MetricsJson metrics;
    private final LongPoll longPoll;

    MetricsController(Revisions revisions, MetricsJson metrics, LongPoll longPoll) {
        this.revisions = revisions;
        this.metrics = metrics;
        this.longPoll = longPoll;
    }

    /** The revision is read before the rows, so that the ETag is never newer than the content. */
    @GetMapping(path = "/experiments/{id}/metrics", produces = MediaType.APPLICATION_JSON_VALUE)
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = MetricsView.class)))
    Object metrics(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "0") int wait,
            Preconditions known,
            ServletWebRequest request) {
        Optional<DeferredResult<ResponseEntity<byte[]>>> held =
                longPoll.hold(id, wait, known, request, () -> later(id, known));
        if (held.isPresent()) {
            return held.get();
        }
        // a client that waits gets the newest revision
        long revision = wait == 0 ? revisions.recent(id) : revisions.current(id);
        return request.checkNotModified(Long.toString(revision)) ? null : answer(id, revision);
    }

    /** The answer to a held request, given on another thread. */
    private ResponseEntity<byte[]> later(UUID id, Preconditions known) {
        long revision = revisions.current(id);
        String etag = Long.toString(revision);
        return known.knows(etag)
                ? ResponseEntity.status(HttpStatus.NOT_MODIFIED).eTag(etag).build()
                : answer(id, revision);
    }

    private ResponseEntity<byte[]> answer(UUID id, long revision) {
        return ResponseEntity.ok()
                .eTag(Long.toString(revision))
                .varyBy(HttpHeaders.ACCEPT)
                .body(metrics.of(id, revision));
    }
}
