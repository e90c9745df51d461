package org.initlab.platform.openapi;

import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem.HttpMethod;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import io.swagger.v3.oas.models.responses.ApiResponse;

/** The conditional headers (RFC 9110, section 13.1): {@code If-None-Match} of every GET, both of changes. */
final class Conditions {
    private Conditions() {}

    static void addTo(Operation operation, HttpMethod method, String path) {
        if (method == HttpMethod.GET) {
            operation.addParametersItem(
                    header("If-None-Match", "ETags that the client has, or *: 304 if it is one of them"));
            operation
                    .getResponses()
                    .addApiResponse("304", new ApiResponse().description("It is as If-None-Match has it"));
        } else if (path.contains("{")) {
            operation.addParametersItem(
                    header("If-Match", "The ETag that it must have, or *: 412 if it has another, after 404 and 409"));
            operation.addParametersItem(
                    header("If-None-Match", "ETags that it must not have: 412 if it has one of them"));
        }
    }

    private static HeaderParameter header(String name, String description) {
        HeaderParameter parameter = new HeaderParameter();
        parameter.name(name).description(description).required(false).schema(new Schema<>().typesItem("string"));
        return parameter;
    }
}
