package org.initlab.results.tensorboard;

import org.initlab.events.ChangeFeed;
import org.initlab.experiment.Revisions;
import org.initlab.platform.ConditionalOnRole;
import org.initlab.platform.Role;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TensorBoardProperties.class)
class TensorBoardConfiguration {

    @Bean
    @ConditionalOnRole(Role.API)
    @ConditionalOnProperty("initlab.tensorboard.folder")
    TensorBoardFolder tensorBoardFolder(
            TensorBoardProperties properties,
            BoardReader reader,
            Revisions revisions,
            JsonMapper json,
            ChangeFeed changes) {
        var root = properties.folder().toAbsolutePath().normalize();
        return new TensorBoardFolder(root, new LiveBoards(root, reader, revisions, new RunEvents(json)), changes);
    }
}
