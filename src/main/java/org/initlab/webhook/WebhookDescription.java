package org.initlab.webhook;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Webhook;
import io.swagger.v3.oas.annotations.Webhooks;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import org.initlab.webhook.WebhookBody.ExperimentMessage;
import org.initlab.webhook.WebhookBody.StudyMessage;

/** The webhooks in the API's description, which has their texts and examples. */
@Webhooks({
    @Webhook(
            name = "experiment.ended",
            operation =
                    @Operation(
                            requestBody =
                                    @RequestBody(
                                            content =
                                                    @Content(
                                                            mediaType = "application/json",
                                                            schema =
                                                                    @Schema(
                                                                            implementation =
                                                                                    ExperimentMessage.class))))),
    @Webhook(
            name = "study.ended",
            operation =
                    @Operation(
                            requestBody =
                                    @RequestBody(
                                            content =
                                                    @Content(
                                                            mediaType = "application/json",
                                                            schema = @Schema(implementation = StudyMessage.class)))))
})
final class WebhookDescription {
    private WebhookDescription() {}
}
