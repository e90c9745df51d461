package org.initlab.experiment.web;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.initlab.experiment.ExperimentRuns;
import org.initlab.platform.ConditionalOnRole;
import org.initlab.platform.Role;
import org.initlab.run.RunView;
import org.initlab.training.StepLosses;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/experiments/{id}/runs")
@ConditionalOnRole(Role.API)
class RunController {
    private final ExperimentRuns runs;

    RunController(ExperimentRuns runs) {
        this.runs = runs;
    }

    @GetMapping
    List<RunView> list(@PathVariable UUID id) {
        return runs.of(id);
    }

    @GetMapping("/{runId}")
    RunView get(@PathVariable UUID id, @PathVariable UUID runId) {
        return runs.get(id, runId);
    }

    @GetMapping("/{runId}/steps")
    Steps steps(@PathVariable UUID id, @PathVariable UUID runId) {
        RunView run = runs.get(id, runId);
        List<Step> steps = new ArrayList<>();
        for (StepLosses epoch : runs.steps(run)) {
            for (int i = 0; i < epoch.steps().length; i++) {
                double loss = epoch.losses()[i];
                steps.add(new Step(epoch.steps()[i], Double.isFinite(loss) ? loss : null));
            }
        }
        return new Steps(runId, run.arm(), run.trial(), steps);
    }

    /** The kept training losses of a run in ascending order. */
    record Steps(UUID runId, String arm, int trial, List<Step> steps) {}

    /**
     * One step's training loss.
     *
     * @param step the number of optimizer updates before it; 0 is the first batch at initialisation
     * @param loss {@code null} if it is not finite
     */
    record Step(long step, Double loss) {}
}
