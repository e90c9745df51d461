package org.initlab.experiment.web;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.initlab.experiment.ExperimentFilter;
import org.initlab.experiment.ExperimentQueries;
import org.initlab.experiment.ExperimentSpec;
import org.initlab.experiment.ExperimentState;
import org.initlab.experiment.ExperimentView;
import org.initlab.experiment.RecentExperiments;
import org.initlab.experiment.Submissions;
import org.initlab.platform.ConditionalOnRole;
import org.initlab.platform.Role;
import org.initlab.platform.http.PageQuery;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

@RestController
@RequestMapping("/experiments")
@ConditionalOnRole(Role.API)
class ExperimentController {
    private static final List<String> SORTABLE =
            List.of("createdAt", "startedAt", "finishedAt", "name", "state", "dataset", "architecture", "priority");

    private final Submissions submissions;
    private final ExperimentQueries queries;
    private final RecentExperiments recent;

    ExperimentController(Submissions submissions, ExperimentQueries queries, RecentExperiments recent) {
        this.submissions = submissions;
        this.recent = recent;
        this.queries = queries;
    }

    /** Takes the body as it came, as an {@code Idempotency-Key} stands for its bytes. */
    @Operation(
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content = @Content(schema = @Schema(implementation = ExperimentSpec.class))))
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<ExperimentView> submit(
            @RequestBody byte[] spec, @RequestHeader(name = "Idempotency-Key", required = false) String key) {
        ExperimentView experiment = submissions.submit(spec, Optional.ofNullable(key));
        URI location = ServletUriComponentsBuilder.fromCurrentContextPath()
                .path(experiment.links().self())
                .build()
                .toUri();
        return ResponseEntity.created(location).eTag(etag(experiment)).body(experiment);
    }

    @GetMapping
    ExperimentList list(
            @RequestParam(required = false) ExperimentState state,
            @RequestParam(required = false) String dataset,
            @RequestParam(required = false) String architecture,
            @RequestParam(required = false) String name,
            @RequestParam(required = false) UUID study,
            PageQuery page) {
        ExperimentFilter filter = new ExperimentFilter(state, dataset, architecture, name, study);
        return page.cursor(SORTABLE)
                .map(place -> ExperimentList.after(queries.listAfter(filter, place, page.sizeOrUsual())))
                .orElseGet(() -> ExperimentList.page(queries.list(filter, page.toPageable(SORTABLE))));
    }

    @GetMapping("/{id}")
    ResponseEntity<ExperimentView> get(@PathVariable UUID id) {
        ExperimentView experiment = recent.get(id);
        return ResponseEntity.ok().eTag(etag(experiment)).body(experiment);
    }

    private static String etag(ExperimentView experiment) {
        return Long.toString(experiment.revision());
    }
}
