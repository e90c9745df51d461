package org.initlab.webhook;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.initlab.platform.StartupException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where to send webhooks.
 *
 * @param webhooks none by default; only processes with the role {@code api} send, and all of them need the same list
 * @param publicUrl the address under which people reach the service, for the links in what is sent; without it they are paths
 */
@ConfigurationProperties("initlab")
record WebhookProperties(List<Webhook> webhooks, @Nullable URI publicUrl) {
    WebhookProperties {
        webhooks = webhooks == null ? List.of() : List.copyOf(webhooks);
        // refused at the start rather than when the first experiment ends
        targets(webhooks);
        if (publicUrl != null
                && !(isWeb(publicUrl) && publicUrl.getRawQuery() == null && publicUrl.getFragment() == null)) {
            throw new StartupException(
                    "initlab.public-url is no address of a service.",
                    "Set it to what people type into a browser, such as https://initlab.example.com.");
        }
    }

    static boolean isWeb(URI address) {
        boolean hasScheme =
                "http".equalsIgnoreCase(address.getScheme()) || "https".equalsIgnoreCase(address.getScheme());
        return hasScheme && address.getHost() != null;
    }

    /**
     * One receiver.
     *
     * @param url http or https; often a secret itself
     * @param secret {@code whsec_} and 24 to 64 bytes in base64; several, separated by spaces, while a receiver changes to another
     */
    record Webhook(String url, String secret) {
        @Override
        public String toString() {
            return "Webhook[...]";
        }
    }

    /**
     * The receivers, in order.
     *
     * @throws StartupException if one is malformed or is there twice, without telling its secret
     */
    List<Target> targets() {
        return targets(webhooks);
    }

    private static List<Target> targets(List<Webhook> webhooks) {
        List<Target> targets = new ArrayList<>();
        for (int i = 0; i < webhooks.size(); i++) {
            Target target = Target.of(i, webhooks.get(i).url(), webhooks.get(i).secret());
            if (targets.stream().anyMatch(earlier -> earlier.id().equals(target.id()))) {
                throw new StartupException(
                        "initlab.webhooks[" + i + "] has the url of an earlier one.", "Leave one of the two out.");
            }
            targets.add(target);
        }
        return targets;
    }
}
