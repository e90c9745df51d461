package org.initlab.training.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.initlab.training.engine.PyTorch;
import org.initlab.training.optimizer.Optimizer;
import org.initlab.training.spec.OptimizerSpec;
import org.initlab.training.spec.TrainingException;
import org.initlab.training.weights.StateDict;
import org.junit.jupiter.api.Test;

class BinaryClassifierTest {
    @Test
    void theSameSeedTrainsToTheSameBitsWithDropoutOn() {
        StateDict first = trained(5);
        StateDict second = trained(5);
        first.tensors()
                .forEach((name, tensor) ->
                        assertThat(second.tensors().get(name).values()).as(name).isEqualTo(tensor.values()));
        assertThat(trained(6).tensors().get("output.weight").values())
                .isNotEqualTo(first.tensors().get("output.weight").values());
    }

    private static StateDict trained(long seed) {
        // a new thread takes the number that any thread of the process set last, and sums depend on it
        PyTorch.setThreads(1);
        try (BinaryClassifier classifier = initialized();
                Optimizer optimizer = TrainingSteps.optimizer(new OptimizerSpec.Sgd(), classifier)) {
            PyTorch.seed(seed);
            TrainingSteps.train(classifier, optimizer, 2);
            return classifier.stateDict();
        }
    }

    @Test
    void trainingLowersTheLossWithEachOptimizer() {
        for (OptimizerSpec spec : List.of(
                new OptimizerSpec.Sgd(1e-3, null, null),
                new OptimizerSpec.Adam(1e-3, null),
                new OptimizerSpec.AdamW(1e-3, null))) {
            try (BinaryClassifier classifier = initialized();
                    Optimizer optimizer = TrainingSteps.optimizer(spec, classifier)) {
                PyTorch.seed(1);
                float[] losses = TrainingSteps.train(classifier, optimizer, 1e-3, 6);
                assertThat(losses[5]).as(spec.type()).isLessThan(losses[0]);
            }
        }
    }

    @Test
    void aCheckpointOfModelAndOptimizerResumesToTheBit() {
        OptimizerSpec spec = new OptimizerSpec.AdamW(null, 0.01);
        try (BinaryClassifier undisturbed = initialized();
                Optimizer optimizer = TrainingSteps.optimizer(spec, undisturbed);
                BinaryClassifier resumed = TrainingSteps.classifier("efficientnet_b0", 0.2, 0.2);
                Optimizer fresh = TrainingSteps.optimizer(spec, resumed)) {
            TrainingSteps.train(undisturbed, optimizer, 2);
            resumed.load(undisturbed.stateDict());
            fresh.load(optimizer.stateDict());
            PyTorch.seed(3);
            float[] expected = TrainingSteps.train(undisturbed, optimizer, 2);
            PyTorch.seed(3);
            assertThat(TrainingSteps.train(resumed, fresh, 2)).containsExactly(expected);
        }
    }

    @Test
    void aLoadedStateDictComesOutAsItWentIn() {
        try (BinaryClassifier classifier = initialized()) {
            StateDict golden = Golden.weights(classifier.stateDict(), "x", 1);
            classifier.load(golden);
            StateDict out = classifier.stateDict();
            assertThat(out.tensors().keySet())
                    .containsExactlyElementsOf(golden.tensors().keySet());
            out.tensors().forEach((name, tensor) -> assertThat(tensor.values())
                    .as(name)
                    .isEqualTo(golden.tensors().get(name).values()));
        }
    }

    @Test
    void aLoadedConvolutionLiesChannelsLastInMemory() {
        try (BinaryClassifier classifier = initialized()) {
            classifier.load(classifier.stateDict());
            NDArray weight = classifier.learntArrays().get("backbone.features.0.0.weight");
            // the buffer is the array's own memory only if the permuted view is contiguous
            ByteBuffer memory = weight.stopGradient().transpose(0, 2, 3, 1).toByteBuffer(true);
            memory.putFloat(0, 42);
            assertThat(weight.getFloat(0, 0, 0, 0)).isEqualTo(42);
        }
    }

    @Test
    void everyTensorThatDoesNotFitIsNamedAndNothingIsLoaded() {
        try (BinaryClassifier classifier = initialized()) {
            Map<String, StateDict.Tensor> tensors =
                    new LinkedHashMap<>(classifier.stateDict().tensors());
            tensors.remove("backbone.features.0.1.running_mean");
            tensors.put("output.bias", new StateDict.Tensor(new long[] {2}, new float[2]));
            tensors.put("output.scale", new StateDict.Tensor(new long[] {1}, new float[1]));
            tensors.put("output.weight", new StateDict.Tensor(new long[] {1, 1000}, new float[1000]));
            StateDict before = classifier.stateDict();
            assertThatThrownBy(() -> classifier.load(new StateDict(tensors)))
                    .isInstanceOf(TrainingException.class)
                    .hasMessageContaining("backbone.features.0.1.running_mean is missing")
                    .hasMessageContaining("output.bias has shape [2] instead of [1]")
                    .hasMessageContaining("output.scale is not known");
            assertThat(classifier.stateDict().tensors().get("output.weight").values())
                    .isEqualTo(before.tensors().get("output.weight").values());
        }
    }

    @Test
    void torchvisionsFileFillsTheBackboneAndLeavesTheHead() {
        try (BinaryClassifier classifier = initialized()) {
            StateDict golden = Golden.weights(classifier.stateDict(), "", 1);
            float bias = classifier.outputBias();
            Map<String, StateDict.Tensor> file = new LinkedHashMap<>();
            golden.tensors().forEach((name, tensor) -> {
                if (name.startsWith("backbone.")) {
                    file.put(name.substring("backbone.".length()), tensor);
                }
            });
            file.put("features.0.1.num_batches_tracked", new StateDict.Tensor(new long[0], new float[] {31280}));
            classifier.load(new ModelWeights(new StateDict(file)));
            assertThat(classifier
                            .stateDict()
                            .tensors()
                            .get("backbone.features.0.0.weight")
                            .values())
                    .isEqualTo(
                            golden.tensors().get("backbone.features.0.0.weight").values());
            assertThat(classifier.outputBias()).isEqualTo(bias);
        }
    }

    @Test
    void aTrainingBatchOfOneImageWithoutVarianceIsRefused() {
        try (BinaryClassifier classifier = initialized()) {
            float[] image = new float[3 * 32 * 32];
            assertThatThrownBy(() -> TrainingSteps.logits(classifier, image, 32, true))
                    .isInstanceOf(TrainingException.class)
                    .hasMessageContaining("batchSize");
            assertThat(TrainingSteps.logits(classifier, image, 32, false)).hasSize(1);
        }
    }

    @Test
    void aStepLeavesNoArrayBehind() {
        try (BinaryClassifier classifier = initialized();
                Optimizer optimizer = TrainingSteps.optimizer(new OptimizerSpec.Sgd(), classifier)) {
            TrainingSteps.train(classifier, optimizer, 1);
            int arrays = classifier.manager().getManagedArrays().size();
            TrainingSteps.train(classifier, optimizer, 3);
            assertThat(classifier.manager().getManagedArrays()).hasSize(arrays);
        }
    }

    @Test
    void aForwardPassLeavesOnlyItsLogits() {
        try (BinaryClassifier classifier = initialized();
                NDManager step = classifier.manager().newSubManager()) {
            NDArray images = TrainingSteps.channelsLast(step, new float[2 * 3 * 32 * 32], 32);
            int before = step.getManagedArrays().size();
            classifier.forward(images, true);
            assertThat(step.getManagedArrays()).hasSize(before + 1);
        }
    }

    @Test
    void aNewThreadNeedsNoPreparation() {
        ExecutorService worker = Executors.newSingleThreadExecutor();
        try {
            CompletableFuture<StateDict> there = CompletableFuture.supplyAsync(() -> trained(5), worker);
            assertThat(there.join().tensors().get("output.weight").values())
                    .isEqualTo(trained(5).tensors().get("output.weight").values());
        } finally {
            worker.shutdown();
        }
    }

    private static BinaryClassifier initialized() {
        BinaryClassifier classifier = TrainingSteps.classifier("efficientnet_b0", 0.2, 0.2);
        classifier.initialize(1);
        return classifier;
    }
}
