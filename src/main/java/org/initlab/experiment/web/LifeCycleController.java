package org.initlab.experiment.web;

import java.util.UUID;
import java.util.function.Consumer;
import org.initlab.experiment.Change;
import org.initlab.experiment.ExperimentQueries;
import org.initlab.experiment.ExperimentView;
import org.initlab.experiment.Extension;
import org.initlab.experiment.LifeCycle;
import org.initlab.platform.ConditionalOnRole;
import org.initlab.platform.Role;
import org.initlab.platform.http.Preconditions;
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
@RequestMapping("/experiments/{id}")
@ConditionalOnRole(Role.API)
class LifeCycleController {
    private final LifeCycle lifeCycle;
    private final ExperimentQueries queries;

    LifeCycleController(LifeCycle lifeCycle, ExperimentQueries queries) {
        this.lifeCycle = lifeCycle;
        this.queries = queries;
    }

    @PostMapping("/cancel")
    ResponseEntity<ExperimentView> cancel(@PathVariable UUID id, Preconditions known) {
        return answer(id, known, lifeCycle::cancel);
    }

    @PostMapping("/pause")
    ResponseEntity<ExperimentView> pause(@PathVariable UUID id, Preconditions known) {
        return answer(id, known, lifeCycle::pause);
    }

    @PostMapping("/resume")
    ResponseEntity<ExperimentView> resume(@PathVariable UUID id, Preconditions known) {
        return answer(id, known, lifeCycle::resume);
    }

    @PostMapping("/retry")
    ResponseEntity<ExperimentView> retry(@PathVariable UUID id, Preconditions known) {
        return answer(id, known, lifeCycle::retry);
    }

    @PostMapping(path = "/extend", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<ExperimentView> extend(
            @PathVariable UUID id, @RequestBody Extension extension, Preconditions known) {
        return answer(id, known, experiment -> lifeCycle.extend(experiment, extension.epochs()));
    }

    @PatchMapping(consumes = {MediaType.APPLICATION_JSON_VALUE, "application/merge-patch+json"})
    ResponseEntity<ExperimentView> change(@PathVariable UUID id, @RequestBody Change change, Preconditions known) {
        return answer(id, known, experiment -> lifeCycle.change(experiment, change));
    }

    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable UUID id, Preconditions known) {
        apply(id, known, lifeCycle::delete);
    }

    private void apply(UUID id, Preconditions known, Consumer<UUID> verb) {
        lifeCycle.provided(id, revision -> known.check(Long.toString(revision)), verb);
    }

    private ResponseEntity<ExperimentView> answer(UUID id, Preconditions known, Consumer<UUID> verb) {
        apply(id, known, verb);
        ExperimentView experiment = queries.get(id);
        return ResponseEntity.ok().eTag(Long.toString(experiment.revision())).body(experiment);
    }
}
