package org.initlab.training.spec;

import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Locale;
import org.hibernate.validator.constraints.Range;
import org.jspecify.annotations.Nullable;

/**
 * The network to train.
 *
 * @param architecture torchvision's name for the backbone, {@code mlp}, or {@code torchscript}; {@code null} for what
 *     suits the data, until that is known
 * @param weights {@code none}, {@code imagenet}, or a file below the weights folder
 * @param imageSize height and width in pixels of the network's input; {@code null} for the architecture's size with
 *     weights, the data set's without
 * @param dropout the rate of the classifier, or after each hidden layer, in [0, 1); {@code null} for the architecture's
 *     own
 * @param stochasticDepth the rate of the last residual block, in [0, 1); {@code null} for the architecture's own
 * @param head what gives the one logit; {@code null} for an {@code mlp}, whose last layer it is
 * @param train which parameters are learnt
 * @param hidden the widths of an {@code mlp}'s hidden layers; {@code null} for the architecture's own
 * @param activation after each hidden layer of an {@code mlp}; {@code null} for the architecture's own
 * @param file the module of {@code torchscript}, below the networks folder; {@value #TRIAL} in it stands for the trial's
 *     number from 0; {@code null} for any other architecture
 */
public record ModelSpec(
        @Nullable String architecture,
        String weights,
        @Range(min = 8, max = 1024) Integer imageSize,
        @DecimalMin("0") @DecimalMax(value = "1", inclusive = false) Double dropout,
        @DecimalMin("0") @DecimalMax(value = "1", inclusive = false) Double stochasticDepth,
        @Nullable Head head,
        Trained train,
        @Size(max = 16) @Nullable
                List<@NotNull(message = "must not be null") @Range(min = 1, max = 16_384) Integer> hidden,
        @Nullable Activation activation,
        @Size(min = 1, max = 1000) @Nullable String file) {
    /** The network of linear layers. */
    public static final String MLP = "mlp";
    /** The reference experiment's network. */
    public static final String REFERENCE = "efficientnet_b1";
    /** A module of the user's own. */
    public static final String TORCHSCRIPT = "torchscript";

    private static final String TRIAL = "{trial}";

    /** What a classifier of 1000 classes becomes a binary one with; on the wire in {@code snake_case}. */
    public enum Head {
        /** A {@code Linear(1000, 1)} on its logits, as in the reference experiment. */
        ON_LOGITS,
        /** A {@code Linear(features, 1)} in place of its last layer. */
        REPLACE;

        @JsonValue
        public String wireName() {
            return ModelSpec.wireName(this);
        }
    }

    /** Which parameters are learnt; on the wire in {@code snake_case}. */
    public enum Trained {
        ALL,
        /** Those of the head; all else stays as it is, in evaluation mode. */
        HEAD;

        @JsonValue
        public String wireName() {
            return ModelSpec.wireName(this);
        }
    }

    /** What bends a hidden layer's outputs; on the wire in {@code snake_case}. */
    public enum Activation {
        RELU,
        GELU,
        SILU;

        @JsonValue
        public String wireName() {
            return ModelSpec.wireName(this);
        }
    }

    private static String wireName(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    public ModelSpec {
        weights = weights == null ? "none" : weights;
        head = head == null && architecture != null && !architecture.equals(MLP) ? Head.ON_LOGITS : head;
        train = train == null ? Trained.ALL : train;
        hidden = hidden == null ? null : List.copyOf(hidden);
    }

    /** Without a file. */
    public ModelSpec(
            String architecture,
            String weights,
            Integer imageSize,
            Double dropout,
            Double stochasticDepth,
            @Nullable Head head,
            Trained train,
            @Nullable List<Integer> hidden,
            @Nullable Activation activation) {
        this(architecture, weights, imageSize, dropout, stochasticDepth, head, train, hidden, activation, null);
    }

    /** All of a network is trained, with its head on its logits. */
    public ModelSpec(String architecture, String weights, Integer imageSize, Double dropout, Double stochasticDepth) {
        this(architecture, weights, imageSize, dropout, stochasticDepth, null, null, null, null);
    }

    /** A module of the user's own, of which all is trained. */
    public static ModelSpec torchScript(String file) {
        return new ModelSpec(TORCHSCRIPT, null, null, null, null, null, null, null, null, file);
    }

    /** The reference experiment's model: EfficientNet-B1 from scratch. */
    public ModelSpec() {
        this(REFERENCE, null, null, null, null);
    }

    /** The same model, with a network if it names none. */
    public ModelSpec orArchitecture(String fallback) {
        return architecture != null
                ? this
                : new ModelSpec(
                        fallback, weights, imageSize, dropout, stochasticDepth, head, train, hidden, activation, file);
    }

    /** Whether the head is all that is trained. */
    public boolean trainsOnlyTheHead() {
        return train == Trained.HEAD;
    }

    /** Whether the network is a module of the user's own. */
    public boolean runsModule() {
        return TORCHSCRIPT.equals(architecture);
    }

    /** Whether each trial has a file of its own. */
    public boolean hasFilePerTrial() {
        return file != null && file.contains(TRIAL);
    }

    /**
     * The model of one trial.
     *
     * @param trial from 0
     */
    public ModelSpec forTrial(int trial) {
        return hasFilePerTrial() ? withFile(file.replace(TRIAL, Integer.toString(trial))) : this;
    }

    private ModelSpec withFile(String name) {
        return new ModelSpec(
                architecture, weights, imageSize, dropout, stochasticDepth, head, train, hidden, activation, name);
    }

    /** The same with another image size. */
    public ModelSpec withImageSize(Integer pixels) {
        return new ModelSpec(
                architecture, weights, pixels, dropout, stochasticDepth, head, train, hidden, activation, file);
    }
}
