package org.initlab.study.web;

import java.util.UUID;
import java.util.function.Consumer;
import org.initlab.experiment.Change;
import org.initlab.experiment.Extension;
import org.initlab.platform.ConditionalOnRole;
import org.initlab.platform.Role;
import org.initlab.platform.http.Preconditions;
import org.initlab.study.StudyLifeCycle;
import org.initlab.study.StudyQueries;
import org.initlab.study.StudyView;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/studies/{id}")
@ConditionalOnRole(Role.API)
class StudyLifeCycleController {
    private final StudyLifeCycle lifeCycle;
    private final StudyQueries queries;

    StudyLifeCycleController(StudyLifeCycle lifeCycle, StudyQueries queries) {
        this.lifeCycle = lifeCycle;
        this.queries = queries;
    }

    @PostMapping("/cancel")
    ResponseEntity<StudyView> cancel(@PathVariable UUID id, Preconditions known) {
        return answer(id, known, lifeCycle::cancel);
    }

    @PostMapping("/pause")
    ResponseEntity<StudyView> pause(@PathVariable UUID id, Preconditions known) {
        return answer(id, known, lifeCycle::pause);
    }

    @PostMapping("/resume")
    ResponseEntity<StudyView> resume(@PathVariable UUID id, Preconditions known) {
        return answer(id, known, lifeCycle::resume);
    }

    @PostMapping("/retry")
    ResponseEntity<StudyView> retry(@PathVariable UUID id, Preconditions known) {
        return answer(id, known, lifeCycle::retry);
    }

    @PostMapping(path = "/extend", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<StudyView> extend(@PathVariable UUID id, @RequestBody Extension extension, Preconditions known) {
        return answer(id, known, study -> lifeCycle.extend(study, extension.epochs()));
    }

    @PatchMapping(consumes = {MediaType.APPLICATION_JSON_VALUE, "application/merge-patch+json"})
    ResponseEntity<StudyView> change(@PathVariable UUID id, @RequestBody Change change, Preconditions known) {
        return answer(id, known, study -> lifeCycle.change(study, change));
    }

    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable UUID id, Preconditions known) {
        apply(id, known, lifeCycle::delete);
    }

    private void apply(UUID id, Preconditions known, Consumer<UUID> verb) {
        lifeCycle.provided(id, revision -> known.check(Long.toString(revision)), verb);
    }

    private ResponseEntity<StudyView> answer(UUID id, Preconditions known, Consumer<UUID> verb) {
        apply(id, known, verb);
        StudyView study = queries.get(id);
        return ResponseEntity.ok().eTag(StudyController.etag(study)).body(study);
    }
}
