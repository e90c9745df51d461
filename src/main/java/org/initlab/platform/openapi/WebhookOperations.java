package org.initlab.platform.openapi;

import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import java.util.List;
import org.initlab.platform.openapi.ApiTexts.OperationText;

/** What holds for every webhook: the headers of Standard Webhooks, and what its receiver may answer. */
final class WebhookOperations {
    private WebhookOperations() {}

    static void describe(Operation webhook, OperationText text) {
        webhook.operationId(text.id())
                .summary(text.summary())
                .tags(List.of("webhooks"))
                // the signature stands for a token
                .security(List.of())
                .addParametersItem(header("webhook-id", "The same whenever this event is sent again"))
                .addParametersItem(header("webhook-timestamp", "When it was sent, in seconds since 1970"))
                .addParametersItem(header("webhook-signature", "Signatures by Standard Webhooks, separated by spaces"))
                .responses(new ApiResponses()
                        .addApiResponse("2XX", new ApiResponse().description("It has arrived"))
                        .addApiResponse("410", new ApiResponse().description("Send nothing more"))
                        .addApiResponse(ApiResponses.DEFAULT, new ApiResponse().description("Send it again later")));
    }

    private static HeaderParameter header(String name, String description) {
        HeaderParameter header = new HeaderParameter();
        header.name(name).description(description).required(true).schema(new Schema<>().typesItem("string"));
        return header;
    }
}
