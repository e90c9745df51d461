package org.initlab.results;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.initlab.analysis.Quantity;
import org.initlab.analysis.picture.PictureFormat;
import org.initlab.analysis.picture.Theme;

/**
 * Which picture of an experiment's curves to draw.
 *
 * @param axis what the curves run over
 * @param quantities one panel each, over epochs; over steps there is only the training loss
 * @param width in pixels
 * @param height in pixels
 */
public record CurvesRequest(
        PictureFormat format, Axis axis, List<Quantity> quantities, Theme theme, int width, int height) {

    /** What the curves run over. */
    public enum Axis {
        @JsonProperty("epoch")
        EPOCH,
        @JsonProperty("step")
        STEP
    }
}
