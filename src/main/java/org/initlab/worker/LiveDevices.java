package org.initlab.worker;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What can be trained on now.
 *
 * @param names of the devices of the workers that live, one entry a worker: {@code cpu} or {@code cuda:0}
 */
public record LiveDevices(List<String> names) {

    /**
     * What a run that may train on one kind of device lacks, with what to do; empty where a worker, idle or not, can
     * take it.
     *
     * @param deviceType {@code cpu} or {@code cuda}; {@code null} for any
     */
    public Optional<String> lackFor(@Nullable String deviceType) {
        if (names.isEmpty()) {
            return Optional.of("a worker: none is running; start a process with the role worker on this database");
        }
        if (deviceType == null || names.stream().anyMatch(name -> name.startsWith(deviceType))) {
            return Optional.empty();
        }
        return Optional.of("a worker with the device " + deviceType + ": each that is running has "
                + String.join(" or ", new TreeSet<>(names)));
    }
}
