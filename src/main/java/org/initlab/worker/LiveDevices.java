package org.initlab.worker;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The devices that runs can be trained on now.
 *
 * @param names those of the live workers, each once: {@code cpu} or {@code cuda:0}
 */
public record LiveDevices(List<String> names) {

    /**
     * What a run lacks that needs one kind of device, with what to do about it; empty if a live worker, idle or not, can
     * train it.
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
        return Optional.of("a worker with the device " + deviceType + ": those that are running have "
                + String.join(" or ", new TreeSet<>(names)));
    }
}
