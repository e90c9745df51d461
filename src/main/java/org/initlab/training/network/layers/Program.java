package org.initlab.training.network.layers;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.IValue;
import java.util.ArrayList;
import java.util.List;
import org.initlab.training.engine.Backward;
import org.initlab.training.engine.TorchScript;

/**
 * What a chain of layers computes, as instructions that {@code program.pt} carries out in one call: each call from Java and each
 * array there costs microseconds, which a GPU would wait for.
 */
public final class Program {
    /** For a PyTorch with oneDNN, as on all but a few platforms. */
    static final String WITH_ONEDNN = "program-onednn.pt";

    static final String ANYWHERE = "program.pt";

    /** What {@code program.py} asserts before it normalises. */
    private static final String NO_VARIANCE = "AssertionError: no variance";

    /** How many integers follow in each instruction. */
    private static final int MORE = 4;

    private final TorchScript script;
    private final List<Long> code = new ArrayList<>();
    private final List<PtNDArray> tensors = new ArrayList<>();
    private final List<Double> constants = new ArrayList<>();

    /** Kinds of instructions, by the numbers that {@code program.py} knows them by. */
    private enum Kind {
        CONVOLVE(0),
        GATE(1),
        KEEP(2),
        DROP_ROWS(3),
        ADD_KEPT(4);

        private final int code;

        Kind(int code) {
            this.code = code;
        }
    }

    private Program(TorchScript script) {
        this.script = script;
    }

    /**
     * Compiles a layer and those below it.
     *
     * @param manager owns what is compiled
     */
    static Program of(ScriptedLayer layer, NDManager manager) {
        return of(
                layer,
                TorchScript.ifSupported(manager, Program.class, WITH_ONEDNN)
                        .orElseGet(() -> new TorchScript(manager, Program.class, ANYWHERE)));
    }

    /** Compiles a layer and those below it for one of the modules. */
    static Program of(ScriptedLayer layer, TorchScript script) {
        Program program = new Program(script);
        program.add(layer);
        try (IValue code = IValue.listFrom(
                        program.code.stream().mapToLong(it -> it).toArray());
                IValue tensors = IValue.listFrom(program.tensors.toArray(PtNDArray[]::new));
                IValue constants = IValue.listFrom(
                        program.constants.stream().mapToDouble(it -> it).toArray())) {
            program.script.run("set", code, tensors, constants).close();
        }
        return program;
    }

    /** Goes on with what a layer computes. */
    public void add(ScriptedLayer layer) {
        layer.addTo(this);
    }

    /** Convolves, normalises and activates. */
    void convolve(Convolution convolution, BatchNorm norm, Activation activation) {
        Convolution.Geometry geometry = convolution.geometry;
        add(
                Kind.CONVOLVE,
                List.of(convolution.weight, norm.weight, norm.bias, norm.runningMean, norm.runningVariance),
                List.of(norm.constants.epsilon(), norm.constants.momentum()),
                geometry.stride(),
                geometry.padding(),
                geometry.groups(),
                activation.code());
    }

    /** Scales each channel by a gate computed from all channels' means, by two convolutions with biases. */
    void gate(Convolution squeeze, Activation activation, Convolution excite, Activation gate) {
        add(
                Kind.GATE,
                List.of(squeeze.weight, squeeze.bias(), excite.weight, excite.bias()),
                List.of(),
                activation.code(),
                gate.code());
    }

    /** Keeps the values as they are now for {@link #addKept}. */
    public void keep() {
        add(Kind.KEEP, List.of(), List.of());
    }

    /** While training, zeroes whole rows at a rate and scales up the rest. */
    void dropRows(double rate) {
        add(Kind.DROP_ROWS, List.of(), List.of(rate));
    }

    /** Adds the values kept last. */
    public void addKept() {
        add(Kind.ADD_KEPT, List.of(), List.of());
    }

    private void add(Kind kind, List<NDArray> its, List<Double> numbers, int... arguments) {
        code.addAll(List.of((long) kind.code, (long) tensors.size(), (long) constants.size()));
        for (int i = 0; i < MORE; i++) {
            code.add(i < arguments.length ? (long) arguments[i] : 0L);
        }
        its.forEach(tensor -> tensors.add((PtNDArray) tensor));
        constants.addAll(numbers);
    }

    /**
     * Returns the way to the gradients of what it computes, which from now on is the only one: {@code program.py} keeps some weights
     * from autograd, to compute their gradients faster.
     */
    Backward backward() {
        script.run("defer").close();
        return (loss, parameters) -> script.run("gradients", loss, parameters);
    }

    /**
     * Computes an output, which belongs to the input's manager; the input is borrowed.
     *
     * @throws org.initlab.training.spec.TrainingException if a training batch leaves a normalisation no variance
     */
    NDArray run(NDArray input, boolean training) {
        script.setMode(training);
        try {
            return script.forward(true, input);
        } catch (EngineException e) {
            throw String.valueOf(e.getMessage()).contains(NO_VARIANCE) ? BatchNorm.noVariance() : e;
        }
    }
}
