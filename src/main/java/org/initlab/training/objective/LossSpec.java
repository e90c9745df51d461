package org.initlab.training.objective;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;

/** The loss that a spec asks for, with its constants. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.EXISTING_PROPERTY, property = "type")
@JsonPropertyOrder("type")
public sealed interface LossSpec permits CrossEntropyLoss, FocalLoss {

    /** The loss's name on the wire; a spec without one gets {@code bce}. */
    @JsonProperty(defaultValue = "bce")
    default String type() {
        return getClass().getAnnotation(JsonTypeName.class).value();
    }

    /**
     * What to minimise.
     *
     * @param positiveRate the training split's, in (0, 1)
     */
    Objective on(double positiveRate);
}
