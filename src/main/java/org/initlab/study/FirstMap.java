package org.initlab.study;

import org.initlab.analysis.Criterion;
import org.initlab.platform.ConditionalOnRole;
import org.initlab.platform.Role;
import org.initlab.platform.http.PageQuery;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.data.domain.PageRequest;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes the newest study's map once the service has started. The first map after a start takes several times as long as those after it,
 * as nothing is compiled yet, and this is the one that users will most likely ask for.
 */
@Component
@ConditionalOnRole(Role.API)
class FirstMap {
    private static final Logger log = LoggerFactory.getLogger(FirstMap.class);

    private final StudyQueries studies;
    private final StudyMaps maps;
    private final JsonMapper json;

    FirstMap(StudyQueries studies, StudyMaps maps, JsonMapper json) {
        this.studies = studies;
        this.maps = maps;
        this.json = json;
    }

    /** Beside whatever else the service begins with. */
    @EventListener(ApplicationReadyEvent.class)
    void prepare() {
        Thread thread = new Thread(this::make, "first-map");
        thread.setDaemon(true);
        thread.start();
    }

    private void make() {
        try {
            studies.list(null, PageRequest.of(0, 1, PageQuery.NEWEST_FIRST))
                    .forEach(study -> json.writeValueAsBytes(
                            maps.of(study.id(), new MapRequest(null, null, Criterion.LOSS, null, null))));
        } catch (RuntimeException e) {
            log.debug("The newest study's map was not made ahead", e);
        }
    }
}
