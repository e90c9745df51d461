package org.initlab.platform.openapi;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem.HttpMethod;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.initlab.platform.openapi.ApiTexts.ProblemText;

/** The error answers: the same for every operation that can have them, so each is defined once. */
class ProblemResponses {
    private static final String PROBLEM = "Problem";
    private static final String FAULT = "Fault";
    private static final List<String> OF_ALL = List.of("400", "401", "403", "406", "429", "503");

    private final Map<String, ProblemText> texts;

    ProblemResponses(Map<String, ProblemText> texts) {
        this.texts = texts;
    }

    void define(Components components) {
        components.addSchemas(FAULT, fault());
        components.addSchemas(PROBLEM, problem());
        Schema<?> reference = reference(PROBLEM);
        texts.forEach((status, text) -> components.addResponses(
                PROBLEM + status,
                new ApiResponse()
                        .description(text.description())
                        .content(new Content()
                                .addMediaType(
                                        "application/problem+json",
                                        new MediaType().schema(reference).example(text.example())))));
    }

    /** As RFC 9457 has it, with the faults of a body. */
    private static Schema<?> problem() {
        Schema<?> faults = typed("array", "All faults of the body at once");
        faults.setItems(reference(FAULT));
        Map<String, Schema<?>> properties = new LinkedHashMap<>();
        properties.put("type", typed("string", "about:blank: the status says it all"));
        properties.put("title", typed("string", "The status in words"));
        properties.put("status", typed("integer", "The status"));
        properties.put("detail", typed("string", "What is wrong and what to do"));
        properties.put("instance", typed("string", "The path of the request"));
        properties.put("errors", faults);
        Schema<?> problem = object(properties);
        problem.setRequired(List.of("title", "status", "detail"));
        return problem;
    }

    private static Schema<?> fault() {
        Schema<?> fault = object(Map.of(
                "pointer", typed("string", "Where, as a JSON pointer; empty for the whole body"),
                "detail", typed("string", "What is wrong there")));
        fault.setRequired(List.of("pointer", "detail"));
        return fault;
    }

    private static Schema<?> reference(String name) {
        return new Schema<>().$ref("#/components/schemas/" + name);
    }

    private static Schema<?> object(Map<String, Schema<?>> properties) {
        Schema<?> schema = new Schema<>().typesItem("object");
        properties.forEach(schema::addProperty);
        return schema;
    }

    private static Schema<?> typed(String type, String description) {
        return new Schema<>().typesItem(type).description(description);
    }

    void addTo(Operation operation, HttpMethod method, String path) {
        List<String> statuses = new ArrayList<>(OF_ALL);
        if (path.contains("{")) {
            statuses.add("404");
        }
        if (method != HttpMethod.GET) {
            statuses.addAll(List.of("409", "412", "413", "415"));
        }
        boolean idempotent = operation.getParameters() != null
                && operation.getParameters().stream()
                        .anyMatch(parameter -> parameter.getName().equals("Idempotency-Key"));
        if (idempotent) {
            statuses.add("422");
        }
        addTo(operation, statuses);
    }

    void addTo(Operation operation, List<String> statuses) {
        for (String status : statuses) {
            operation
                    .getResponses()
                    .addApiResponse(status, new ApiResponse().$ref("#/components/responses/" + PROBLEM + status));
        }
    }
}
