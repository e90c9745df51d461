package org.initlab.platform.openapi;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.util.List;
import org.initlab.platform.http.Preconditions;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

@Configuration(proxyBeanMethods = false)
class OpenApiConfiguration {
    private static final String TOKEN = "token";

    static {
        // headers, which Conditions describes
        SpringDocUtils.getConfig().addRequestWrapperToIgnore(Preconditions.class);
    }

    @Bean
    OpenAPI openApi() {
        return new OpenAPI()
                .info(new Info()
                        .title("InitLab")
                        .version("1")
                        .description("Controlled experiments on how a binary classifier's output bias is initialised"))
                .servers(List.of(new Server().url("/")))
                .components(new Components()
                        .addSecuritySchemes(
                                TOKEN,
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.HTTP)
                                        .scheme("bearer")
                                        .description("Where the service has tokens; read may GET, write everything")))
                .security(List.of(new SecurityRequirement(), new SecurityRequirement().addList(TOKEN)));
    }

    @Bean
    RecordSchemas recordSchemas() {
        return new RecordSchemas();
    }

    @Bean
    VariantSchemas variantSchemas() {
        return new VariantSchemas();
    }

    @Bean
    NumberOrNameSchemas numberOrNameSchemas() {
        return new NumberOrNameSchemas();
    }

    @Bean
    ApiDescription apiDescription(JsonMapper json) {
        return new ApiDescription(ApiTexts.load(json));
    }
}
