package org.initlab.platform.settings;

import java.util.List;
import org.initlab.platform.StartupException;
import org.initlab.platform.json.Nearest;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.context.properties.source.UnboundElementsSourceFilter;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Ends a start with a setting {@code initlab.x} that there is not: with {@code initlab.hom} it would go on, in another folder than the
 * one that was meant. What is below a group, as in {@code initlab.worker.x}, is checked where it is bound, and the environment is not:
 * clients have names of their own in it.
 */
class UnknownSettings implements ApplicationContextInitializer<ConfigurableApplicationContext> {
    private static final ConfigurationPropertyName ROOT = ConfigurationPropertyName.of("initlab");
    private static final List<String> KNOWN = List.of(
            "home",
            "roles",
            "quickstart",
            "device",
            "worker",
            "pytorch",
            "checkpoint",
            "cache",
            "retention",
            "tensorboard",
            "queue",
            "downloads",
            "networks",
            "webhooks",
            "public-url",
            "tokens",
            "tokens-file");

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        UnboundElementsSourceFilter written = new UnboundElementsSourceFilter();
        ConfigurationPropertySources.get(context.getEnvironment()).forEach(source -> {
            if (source instanceof IterableConfigurationPropertySource named && written.apply(source)) {
                named.stream().filter(ROOT::isAncestorOf).forEach(UnknownSettings::require);
            }
        });
    }

    private static void require(ConfigurationPropertyName setting) {
        String name = setting.getElement(1, Form.UNIFORM);
        if (KNOWN.stream().noneMatch(known -> known.replace("-", "").equals(name))) {
            String given = setting.getElement(1, Form.ORIGINAL);
            throw new StartupException(
                    "There is no setting initlab." + given + "; " + Nearest.hint(given, KNOWN),
                    "Correct its name; docs/settings.md has them all.");
        }
    }
}
