package org.initlab.catalog;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * What may be done with the operator's own networks.
 *
 * @param allow whether workers may run the code in the {@code networks} folder, and specs may name it; false by default
 */
@ConfigurationProperties(prefix = "initlab.networks", ignoreUnknownFields = false)
record NetworkProperties(boolean allow) {}
