package org.initlab.observe;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Describes the timers that observations make, which have no description of their own. */
@Component
class ObservationDescriptions implements MeterFilter {
    private static final Map<String, String> DESCRIPTIONS = Map.of(
            "initlab.submit", "Time to check, store and queue an experiment",
            "initlab.run", "Time that a worker spends on a run that came up in the queue",
            "initlab.dispatch", "Time to claim a run that came up in the queue",
            "initlab.epoch", "Time of an epoch from the end of the one before to its own commit",
            "initlab.checkpoint", "Time to write and sync a checkpoint's file",
            "initlab.commit", "Time to store an epoch, an outage of the database included");

    @Override
    public Meter.Id map(Meter.Id id) {
        String description = DESCRIPTIONS.get(id.getName());
        return description == null
                ? id
                : new Meter.Id(
                        id.getName(), Tags.of(id.getTagsAsIterable()), id.getBaseUnit(), description, id.getType());
    }
}
