package org.initlab.results.web;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.initlab.analysis.Quantity;
import org.initlab.analysis.curves.PictureFormat;
import org.initlab.analysis.curves.Theme;
import org.initlab.platform.problem.InvalidRequestException;
import org.initlab.results.CurvesRequest;
import org.initlab.results.CurvesRequest.Axis;

/**
 * The query parameters of a picture, with defaults for those left out.
 *
 * @param metric {@code loss}, {@code rocAuc}, or both separated by a comma
 * @param width in pixels
 * @param height in pixels
 * @param theme {@code light} or {@code dark}
 * @param x {@code epoch}, or {@code step} for the training loss
 */
record CurvesQuery(String metric, Integer width, Integer height, String theme, String x) {
    private static final int MIN_WIDTH = 240;
    private static final int MIN_HEIGHT = 200;
    private static final int MAX_SIZE = 2400;
    private static final Map<String, Quantity> METRICS = Map.of("loss", Quantity.LOSS, "rocAuc", Quantity.ROC_AUC);

    /**
     * What to draw.
     *
     * @throws InvalidRequestException naming what is out of range
     */
    CurvesRequest toRequest(PictureFormat format) {
        Axis axis = Axis.valueOf(choice("x", x, "epoch", "step"));
        if (axis == Axis.STEP && metric != null) {
            throw new InvalidRequestException("x=step draws only the training loss; leave metric out");
        }
        return new CurvesRequest(
                format,
                axis,
                quantities(),
                Theme.valueOf(choice("theme", theme, "light", "dark")),
                size("width", width, 1000, MIN_WIDTH),
                size("height", height, 420, MIN_HEIGHT));
    }

    private List<Quantity> quantities() {
        List<Quantity> quantities = Arrays.stream(
                        Objects.requireNonNullElse(metric, "loss,rocAuc").split(",", -1))
                .map(METRICS::get)
                .distinct()
                .toList();
        if (quantities.stream().anyMatch(Objects::isNull)) {
            throw new InvalidRequestException("metric must be loss, rocAuc, or both separated by a comma");
        }
        return quantities;
    }

    private static String choice(String name, String value, String usual, String other) {
        String chosen = value == null ? usual : value;
        if (!chosen.equals(usual) && !chosen.equals(other)) {
            throw new InvalidRequestException(name + " must be " + usual + " or " + other);
        }
        return chosen.toUpperCase(Locale.ROOT);
    }

    private static int size(String name, Integer value, int usual, int least) {
        int pixels = value == null ? usual : value;
        if (pixels < least || pixels > MAX_SIZE) {
            throw new InvalidRequestException(name + " must be between " + least + " and " + MAX_SIZE + " pixels");
        }
        return pixels;
    }
}
