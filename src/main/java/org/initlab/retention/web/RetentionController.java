package org.initlab.retention.web;

import org.initlab.platform.ConditionalOnRole;
import org.initlab.platform.Role;
import org.initlab.retention.Retention;
import org.initlab.retention.RetentionView;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@ConditionalOnRole(Role.API)
class RetentionController {
    private final Retention retention;

    RetentionController(Retention retention) {
        this.retention = retention;
    }

    @GetMapping("/retention")
    RetentionView get() {
        return retention.view();
    }
}
