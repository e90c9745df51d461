package org.initlab.platform.openapi;

import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.core.converter.ResolvedSchema;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.Schema;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.initlab.platform.json.BodyType;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springframework.core.MethodParameter;
import org.springframework.web.method.HandlerMethod;

/** Describes bodies by the records that they are read into or made of, as controllers take and give them as bytes. */
class BodySchemas implements GlobalOperationCustomizer, GlobalOpenApiCustomizer {
    @SuppressWarnings("rawtypes") // as swagger-core declares its models
    private final Map<String, Schema> models = new ConcurrentHashMap<>();

    @Override
    public Operation customize(Operation operation, HandlerMethod handler) {
        for (MethodParameter parameter : handler.getMethodParameters()) {
            BodyType body = parameter.getParameterAnnotation(BodyType.class);
            if (body != null) {
                describe(operation.getRequestBody().getContent(), body);
            }
        }
        BodyType answer = handler.getMethodAnnotation(BodyType.class);
        if (answer != null) {
            describe(operation.getResponses().get("200").getContent(), answer);
        }
        return operation;
    }

    private void describe(Content content, BodyType body) {
        ResolvedSchema resolved = ModelConverters.getInstance(true)
                .resolveAsResolvedSchema(new AnnotatedType(body.value()).resolveAsRef(true));
        models.putAll(resolved.referencedSchemas);
        content.values().forEach(media -> media.setSchema(resolved.schema));
    }

    @Override
    public void customise(OpenAPI document) {
        models.forEach(document.getComponents()::addSchemas);
    }
}
