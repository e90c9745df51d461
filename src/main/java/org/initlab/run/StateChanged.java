package org.initlab.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Runs changed in another way than a {@link RunEvent} tells; published within the transaction that stores it.
 *
 * @param runs by experiment
 */
public record StateChanged(Map<UUID, List<RunView>> runs) {

    static StateChanged of(List<RunView> runs) {
        return new StateChanged(runs.stream()
                .collect(Collectors.groupingBy(RunView::experimentId, LinkedHashMap::new, Collectors.toList())));
    }
}
