package org.initlab.platform;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The settings that all parts of the service share.
 *
 * @param home the folder of everything that the service keeps, absolute; {@code ./initlab-data} where none is given
 * @param roles what this process does; both where none is given
 * @param device what a worker trains on, by PyTorch's names; {@code auto} where none is given: the first GPU, else the CPU
 */
@ConfigurationProperties("initlab")
public record InitLabProperties(Path home, Set<Role> roles, String device) {
    public InitLabProperties {
        home = (home == null ? Path.of("initlab-data") : home).toAbsolutePath().normalize();
        roles = roles == null || roles.isEmpty() ? EnumSet.allOf(Role.class) : EnumSet.copyOf(roles);
        device = device == null || device.isBlank() ? "auto" : device;
    }
}
