package org.initlab.worker.web;

import java.util.List;
import org.initlab.platform.ConditionalOnRole;
import org.initlab.platform.Role;
import org.initlab.worker.WorkerView;
import org.initlab.worker.Workers;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@ConditionalOnRole(Role.API)
class WorkerController {
    private final Workers workers;

    WorkerController(Workers workers) {
        this.workers = workers;
    }

    @GetMapping("/workers")
    List<WorkerView> all() {
        return workers.all();
    }
}
