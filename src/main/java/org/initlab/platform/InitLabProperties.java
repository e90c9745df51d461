package org.initlab.platform;

import jakarta.validation.constraints.Pattern;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * The settings that all parts of the service share.
 *
 * @param home the folder of everything that the service keeps, absolute; {@code ./initlab-data} by default
 * @param roles what this process does; both by default
 * @param device what a worker trains on, by PyTorch's names; by default {@code auto}: the first GPU, else the CPU; of
 *     several, separated by commas, each gets a worker process of its own, as does every GPU with {@code all}
 * @param quickstart whether to queue the preset {@code quickstart} on an empty database; true by default
 */
@Validated
@ConfigurationProperties("initlab")
public record InitLabProperties(
        Path home,
        Set<Role> roles,
        @Pattern(
                        regexp =
                                "auto|all|" + InitLabProperties.DEVICE + "(\\s*,\\s*" + InitLabProperties.DEVICE + ")*",
                        message =
                                "must be auto, cpu, cuda, or cuda:0, cuda:1, ..., several of these separated by commas, or"
                                        + " all")
                String device,
        Boolean quickstart) {
    private static final String DEVICE = "(cpu|cuda(:\\d{1,3})?)";

    public InitLabProperties {
        home = (home == null ? Path.of("initlab-data") : home).toAbsolutePath().normalize();
        roles = given(roles);
        device = device == null || device.isBlank() ? "auto" : device;
        quickstart = quickstart == null || quickstart;
    }

    /** What {@code api,,worker} or an empty variable leaves out is no role, and no role means all of them. */
    private static Set<Role> given(Set<Role> roles) {
        Set<Role> given = roles == null
                ? Set.of()
                : roles.stream().filter(Objects::nonNull).collect(Collectors.toSet());
        return given.isEmpty() ? EnumSet.allOf(Role.class) : EnumSet.copyOf(given);
    }

    /** Whether this process itself does something. */
    public boolean does(Role role) {
        return roles.contains(role) && !(role == Role.WORKER && leadsWorkers());
    }

    /** Whether this process starts a worker process for each of several devices instead of being a worker. */
    public boolean leadsWorkers() {
        return roles.contains(Role.WORKER) && (device.contains(",") || device.equals("all"));
    }
}
