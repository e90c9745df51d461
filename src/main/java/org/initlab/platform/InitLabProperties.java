package org.initlab.platform;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The settings that all parts of the service share.
 *
 * @param home the folder of everything that the service keeps, absolute; {@code ./initlab-data} where none is given
 */
@ConfigurationProperties("initlab")
public record InitLabProperties(Path home) {
    public InitLabProperties {
        home = (home == null ? Path.of("initlab-data") : home).toAbsolutePath().normalize();
    }
}
