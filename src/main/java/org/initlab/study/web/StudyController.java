package org.initlab.study.web;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import java.net.URI;
import java.util.Optional;
import java.util.UUID;
import org.initlab.platform.ConditionalOnRole;
import org.initlab.platform.Role;
import org.initlab.platform.http.PageQuery;
import org.initlab.study.StudyQueries;
import org.initlab.study.StudySpec;
import org.initlab.study.StudySubmissions;
import org.initlab.study.StudyView;
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
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

@RestController
@RequestMapping("/studies")
@ConditionalOnRole(Role.API)
class StudyController {
    private final StudySubmissions submissions;
    private final StudyQueries queries;

    StudyController(StudySubmissions submissions, StudyQueries queries) {
        this.submissions = submissions;
        this.queries = queries;
    }

    /** Takes the body as it came, as an {@code Idempotency-Key} stands for its bytes. */
    @Operation(
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content = @Content(schema = @Schema(implementation = StudySpec.class))))
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<StudyView> submit(
            @RequestBody byte[] spec, @RequestHeader(name = "Idempotency-Key", required = false) String key) {
        StudyView study = submissions.submit(spec, Optional.ofNullable(key));
        URI location = ServletUriComponentsBuilder.fromCurrentContextPath()
                .path(study.links().self())
                .build()
                .toUri();
        return ResponseEntity.created(location).eTag(etag(study)).body(study);
    }

    @GetMapping
    StudyList list(@RequestParam(required = false) String name, PageQuery page) {
        return page.cursor(StudyQueries.SORTABLE)
                .map(place -> StudyList.after(queries.listAfter(name, place, page.sizeOrUsual())))
                .orElseGet(() -> StudyList.page(queries.list(name, page.toPageable(StudyQueries.SORTABLE))));
    }

    @GetMapping("/{id}")
    ResponseEntity<StudyView> get(@PathVariable UUID id, WebRequest request) {
        if (request.checkNotModified(Long.toString(queries.revision(id)))) {
            return null;
        }
        StudyView study = queries.get(id);
        return ResponseEntity.ok().eTag(etag(study)).body(study);
    }

    static String etag(StudyView study) {
        return Long.toString(study.revision());
    }
}
