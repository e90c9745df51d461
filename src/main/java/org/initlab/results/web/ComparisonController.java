package org.initlab.results.web;

import java.util.Objects;
import java.util.UUID;
import org.initlab.analysis.Criterion;
import org.initlab.experiment.Revisions;
import org.initlab.platform.ConditionalOnRole;
import org.initlab.platform.Role;
import org.initlab.platform.problem.InvalidRequestException;
import org.initlab.results.ComparisonView;
import org.initlab.results.Comparisons;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.WebRequest;

@RestController
@ConditionalOnRole(Role.API)
class ComparisonController {
    private final Revisions revisions;
    private final Comparisons comparisons;

    ComparisonController(Revisions revisions, Comparisons comparisons) {
        this.revisions = revisions;
        this.comparisons = comparisons;
    }

    /**
     * How each arm differs from the baseline, epoch by epoch; the URL names all that the answer depends on beside the
     * experiment, so the ETag need not.
     */
    @GetMapping("/experiments/{id}/comparison")
    ResponseEntity<ComparisonView> compare(
            @PathVariable UUID id,
            @RequestParam(required = false) String baseline,
            @RequestParam(required = false) Double margin,
            @RequestParam(required = false) Criterion metric,
            WebRequest request) {
        requirePositive(margin);
        long revision = revisions.current(id);
        String etag = Long.toString(revision);
        if (request.checkNotModified(etag)) {
            return null;
        }
        Criterion criterion = Objects.requireNonNullElse(metric, Criterion.LOSS);
        return ResponseEntity.ok().eTag(etag).body(comparisons.of(id, revision, baseline, criterion, margin));
    }

    private static void requirePositive(Double margin) {
        if (margin != null && !(margin > 0 && Double.isFinite(margin))) {
            throw new InvalidRequestException("margin must be a number above 0: the smallest difference that matters");
        }
    }
}
