package org.initlab.platform.openapi;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.initlab.platform.openapi.ApiTexts.OperationText;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;

/** Adds what springdoc cannot read from the controllers: what holds for all of them, the texts and the examples. */
class ApiDescription implements GlobalOpenApiCustomizer {
    private final ApiTexts texts;
    private final ProblemResponses problems;

    ApiDescription(ApiTexts texts) {
        this.texts = texts;
        problems = new ProblemResponses(texts.problems());
    }

    @Override
    public void customise(OpenAPI document) {
        problems.define(document.getComponents());
        document.getPaths().forEach((path, item) -> item.readOperationsMap()
                .forEach((method, operation) -> describe(operation, method, path)));
        Optional.ofNullable(document.getWebhooks()).orElse(Map.of()).forEach((event, item) -> {
            texts.operation("POST", event).ifPresent(text -> WebhookOperations.describe(item.getPost(), text));
            illustrate(item.getPost().getRequestBody().getContent(), null);
        });
    }

    private void describe(Operation operation, PathItem.HttpMethod method, String path) {
        operation.setTags(List.of(path.split("/", -1)[1]));
        texts.operation(method.name(), path).ifPresent(text -> describe(operation, text));
        if (operation.getRequestBody() != null) {
            illustrate(operation.getRequestBody().getContent(), null);
        }
        Conditions.addTo(operation, method, path);
        Optional.ofNullable(operation.getParameters()).stream()
                .flatMap(List::stream)
                .filter(parameter -> parameter.getSchema().getItems() != null)
                // a list is one value with commas, as a parameter that comes twice is refused
                .forEach(parameter -> parameter.style(Parameter.StyleEnum.FORM).explode(false));
        problems.addTo(operation, method, path);
    }

    private void describe(Operation operation, OperationText text) {
        operation.setOperationId(text.id());
        operation.setSummary(text.summary());
        ApiResponse success = Optional.ofNullable(operation.getResponses().remove("200"))
                .orElseGet(() -> operation.getResponses().get(text.status()));
        operation.getResponses().addApiResponse(text.status(), success.description("Done"));
        if (!text.texts().isEmpty()) {
            success.setContent(withTexts(success.getContent(), text.texts()));
        }
        illustrate(success.getContent(), text.example());
        problems.addTo(operation, text.problems());
        text.empty()
                .forEach((status, meaning) ->
                        operation.getResponses().addApiResponse(status, new ApiResponse().description(meaning)));
    }

    /** What is written as bytes has no schema of its own. */
    private static Content withTexts(Content described, Map<String, String> texts) {
        Content content = new Content();
        if (described != null) {
            described.forEach((type, media) -> {
                if (media.getSchema().get$ref() != null) {
                    content.addMediaType(type, media);
                }
            });
        }
        texts.forEach((type, example) -> content.addMediaType(
                type, new MediaType().schema(new Schema<>().typesItem("string")).example(example)));
        return content;
    }

    private void illustrate(Content content, Object own) {
        if (content != null) {
            for (MediaType media : content.values()) {
                Optional.ofNullable(own).or(() -> example(media.getSchema())).ifPresent(media::setExample);
            }
        }
    }

    private Optional<Object> example(Schema<?> schema) {
        if (schema.getItems() != null) {
            return example(schema.getItems()).map(List::of);
        }
        return Optional.ofNullable(schema.get$ref())
                .map(reference -> texts.examples().get(reference.substring(reference.lastIndexOf('/') + 1)));
    }
}
