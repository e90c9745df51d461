package org.initlab.platform.security;

import java.net.InetAddress;
import org.initlab.platform.StartupException;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/** Without tokens, whoever reaches the port may do anything, so it must not be reachable from other machines. */
final class LoopbackRule {
    private LoopbackRule() {}

    /**
     * Checks where a service without tokens is going to listen.
     *
     * @throws StartupException if that is anything but loopback
     */
    static void check(Environment environment) {
        require("server.address", environment);
        if (ManagementPortType.get(environment) == ManagementPortType.DIFFERENT) {
            require("management.server.address", environment);
        }
    }

    private static void require(String property, Environment environment) {
        InetAddress address =
                Binder.get(environment).bind(property, InetAddress.class).orElse(null);
        if (address == null || !address.isLoopbackAddress()) {
            throw new StartupException(
                    "No token is configured, so the service may listen only on loopback, but " + property + " is "
                            + (address == null ? "empty, which means every address" : address.getHostAddress()) + ".",
                    "Configure tokens: INITLAB_TOKENS=name:write:SECRET in the environment, or a file of such lines named by"
                            + " initlab.tokens-file. Or set " + property + "=127.0.0.1.");
        }
    }
}
