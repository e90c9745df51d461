package org.initlab.results.web;

import java.util.List;
import java.util.Objects;
import org.initlab.analysis.Quantity;
import org.initlab.analysis.picture.PictureFormat;
import org.initlab.analysis.picture.Theme;
import org.initlab.platform.problem.InvalidRequestException;
import org.initlab.results.CurvesRequest;
import org.initlab.results.CurvesRequest.Axis;

/**
 * The query parameters of a picture; {@code null} is what is left out.
 *
 * @param metric one or more quantities, separated by commas
 * @param width in pixels
 * @param height in pixels
 * @param theme {@code light} or {@code dark}
 * @param x {@code epoch}, or {@code step} for the training loss
 */
record CurvesQuery(List<Quantity> metric, Integer width, Integer height, Theme theme, Axis x) {
    private static final int MIN_WIDTH = 240;
    private static final int MIN_HEIGHT = 200;
    private static final int MAX_SIZE = 2400;

    /**
     * What to draw.
     *
     * @throws InvalidRequestException naming what is out of range
     */
    CurvesRequest toRequest(PictureFormat format) {
        Axis axis = Objects.requireNonNullElse(x, Axis.EPOCH);
        if (axis == Axis.STEP && metric != null) {
            throw new InvalidRequestException("x=step draws only the training loss; leave metric out");
        }
        return new CurvesRequest(
                format,
                axis,
                quantities(),
                Objects.requireNonNullElse(theme, Theme.LIGHT),
                size("width", width, 1000, MIN_WIDTH),
                size("height", height, 420, MIN_HEIGHT));
    }

    private List<Quantity> quantities() {
        List<Quantity> wanted = Objects.requireNonNullElse(metric, List.of(Quantity.LOSS, Quantity.ROC_AUC));
        if (wanted.isEmpty() || wanted.stream().anyMatch(Objects::isNull)) {
            throw new InvalidRequestException(
                    "metric must be one or more of loss, rocAuc, prAuc, brier, objective, meanProbability and ece, separated by commas");
        }
        return wanted.stream().distinct().toList();
    }

    private static int size(String name, Integer value, int usual, int least) {
        int pixels = value == null ? usual : value;
        if (pixels < least || pixels > MAX_SIZE) {
            throw new InvalidRequestException(name + " must be between " + least + " and " + MAX_SIZE + " pixels");
        }
        return pixels;
    }
}
