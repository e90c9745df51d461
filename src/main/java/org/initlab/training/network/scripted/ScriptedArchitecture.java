package org.initlab.training.network.scripted;

import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.initlab.training.engine.ScriptedModule;
import org.initlab.training.network.Architecture;
import org.initlab.training.network.ImageNetWeights;
import org.initlab.training.network.Network;
import org.initlab.training.network.SpecFault;
import org.initlab.training.spec.FeatureShape;
import org.initlab.training.spec.FlatRows;
import org.initlab.training.spec.ImageShape;
import org.initlab.training.spec.ImageTransform;
import org.initlab.training.spec.InputForm;
import org.initlab.training.spec.ModelSpec;
import org.initlab.training.spec.RowShape;
import org.jspecify.annotations.Nullable;

/**
 * {@code torchscript}: a module of the user's own, for images or rows of numbers. PyTorch has declared TorchScript
 * deprecated; only this package and {@link ScriptedModule} know of it.
 */
public final class ScriptedArchitecture implements Architecture {
    private static final String NONE = "none";

    private final @Nullable Path file;

    private ScriptedArchitecture(@Nullable Path file) {
        this.file = file;
    }

    /** Knows what a spec may say, but has no module to build. */
    public ScriptedArchitecture() {
        this(null);
    }

    /** Builds networks from a module's file. */
    public static ScriptedArchitecture of(Path file) {
        return new ScriptedArchitecture(file);
    }

    @Override
    public String name() {
        return ModelSpec.TORCHSCRIPT;
    }

    @Override
    public @Nullable Long parameters() {
        return null;
    }

    @Override
    public ModelSpec defaults() {
        return new ModelSpec(name(), NONE, null, null, null);
    }

    @Override
    public List<SpecFault> faults(ModelSpec spec, @Nullable RowShape rows) {
        List<SpecFault> faults = new ArrayList<>();
        if (spec.file() == null) {
            faults.add(new SpecFault("file", "is required: the module's file, below networks/ in initlab.home"));
        }
        if (!spec.weights().equals(NONE)) {
            faults.add(new SpecFault("weights", "a module brings its own weights; leave it out"));
        }
        refuse(spec.dropout(), "dropout", faults);
        refuse(spec.stochasticDepth(), "stochasticDepth", faults);
        refuse(spec.hidden(), "hidden", faults);
        refuse(spec.activation(), "activation", faults);
        if (spec.head() == ModelSpec.Head.REPLACE) {
            faults.add(new SpecFault(
                    "head",
                    "a module's last layer cannot be replaced; leave it out, or let the module return features"));
        }
        if (spec.imageSize() != null && rows instanceof FeatureShape) {
            faults.add(new SpecFault("imageSize", "the data has no images; leave it out"));
        }
        if (spec.imageSize() == null && rows instanceof ImageShape images && images.imageHeight() == null) {
            faults.add(new SpecFault("imageSize", "is required, because the images differ in size"));
        }
        return faults;
    }

    private static void refuse(@Nullable Object value, String field, List<SpecFault> faults) {
        if (value != null) {
            faults.add(new SpecFault(field, "is the module's own business; leave it out"));
        }
    }

    @Override
    public ModelSpec resolve(ModelSpec spec, @Nullable RowShape rows) {
        return spec.imageSize() == null && rows instanceof ImageShape images
                ? spec.withImageSize(images.imageHeight())
                : spec;
    }

    @Override
    public InputForm input(ModelSpec spec) {
        return spec.imageSize() == null ? new FlatRows() : ImageTransform.square(spec.imageSize());
    }

    /** Not known of a module, which refuses what is too small itself. */
    @Override
    public int smallestTrainingBatch(ModelSpec spec) {
        return 1;
    }

    @Override
    public boolean isDefinedFor(@Nullable RowShape rows) {
        return file != null && rows != null;
    }

    @Override
    public Network build(ModelSpec spec, @Nullable RowShape rows, NDManager manager) {
        if (file == null) {
            throw new IllegalStateException("there is no module to build");
        }
        ScriptedModule module = ScriptedModule.load(spec.file(), file, manager);
        return new ScriptedNetwork(spec, module, Probe.shape(spec, rows), manager);
    }

    @Override
    public List<ImageNetWeights> imageNetWeights() {
        return List.of();
    }

    @Override
    public String toString() {
        return name();
    }
}
