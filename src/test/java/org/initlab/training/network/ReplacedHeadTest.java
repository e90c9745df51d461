package org.initlab.training.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.EngineException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.data.Offset;
import org.initlab.training.optimizer.Optimizer;
import org.initlab.training.spec.ModelSpec;
import org.initlab.training.spec.ModelSpec.Head;
import org.initlab.training.spec.ModelSpec.Trained;
import org.initlab.training.spec.OptimizerSpec;
import org.initlab.training.weights.StateDict;
import org.initlab.training.weights.StateDict.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Networks whose last layer is the head, trained as a whole or only there, against PyTorch; see golden/replaced.py. */
class ReplacedHeadTest {

    static List<Golden.Replaced> cases() throws Exception {
        return Golden.replaced();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void itTrainsAsInPyTorch(Golden.Replaced golden) {
        try (BinaryClassifier classifier =
                TrainingSteps.classifierWithoutNoise(golden.architecture(), Head.REPLACE, golden.train())) {
            classifier.load(Golden.weights(classifier.stateDict(), "", golden.gain()));
            float[] images = Golden.images("", 0, golden.batch(), golden.imageSize());
            assertThat(TrainingSteps.logits(classifier, images, golden.imageSize(), false))
                    .containsExactly(golden.logits(), Offset.offset(1e-4f));
            assertThat(losses(classifier, images, golden)).containsExactly(golden.losses(), Offset.offset(1e-4f));
            assertThat(classifier.outputBias()).isCloseTo(golden.headBias(), within(1e-5f));
            assertThat(TrainingSteps.logits(classifier, images, golden.imageSize(), false))
                    .containsExactly(golden.logitsAfter(), Offset.offset(1e-3f));
        }
    }

    private static float[] losses(BinaryClassifier classifier, float[] images, Golden.Replaced golden) {
        OptimizerSpec spec = new OptimizerSpec.Sgd(golden.learningRate(), golden.momentum(), 0.0);
        float[] losses = new float[golden.losses().length];
        try (Optimizer optimizer = TrainingSteps.optimizer(spec, classifier)) {
            for (int i = 0; i < losses.length; i++) {
                losses[i] = TrainingSteps.step(
                                classifier,
                                optimizer,
                                golden.learningRate(),
                                images,
                                Golden.labels(golden.batch()),
                                golden.imageSize())
                        .loss();
            }
        }
        return losses;
    }

    @Test
    void onlyTheHeadChangesAndHasAnOptimizersStateIfOnlyItIsTrained() {
        ModelSpec spec =
                new ModelSpec("mobilenet_v3_small", null, 32, 0.5, null, Head.ON_LOGITS, Trained.HEAD, null, null);
        try (BinaryClassifier classifier = TrainingSteps.classifier(spec);
                Optimizer optimizer = TrainingSteps.optimizer(new OptimizerSpec.Adam(0.01, 0.1), classifier)) {
            classifier.initialize(1);
            Map<String, Tensor> before = classifier.stateDict().tensors();
            TrainingSteps.train(classifier, optimizer, 3);
            classifier.stateDict().tensors().forEach((name, tensor) -> {
                boolean same = Arrays.equals(tensor.values(), before.get(name).values());
                assertThat(same).as(name).isEqualTo(!name.startsWith("output."));
            });
            assertThat(optimizer.stateDict().tensors())
                    .containsOnlyKeys(
                            "exp_avg.output.weight",
                            "exp_avg.output.bias",
                            "exp_avg_sq.output.weight",
                            "exp_avg_sq.output.bias",
                            "step");
        }
    }

    @Test
    void aFrozenNetworkIsInEvaluationModeWhileTheHeadTrains() {
        try (BinaryClassifier classifier =
                TrainingSteps.classifierWithoutNoise("resnet18", Head.REPLACE, Trained.HEAD)) {
            classifier.initialize(1);
            float[] oneImage = new float[3 * 32 * 32];
            // as a batch of one in training mode it would be refused
            assertThat(TrainingSteps.logits(classifier, oneImage, 32, true)).hasSize(1);
            assertThat(classifier.learntArrays()).containsOnlyKeys("fc.weight", "fc.bias");
        }
    }

    @Test
    void aFrozenNetworkIsNotRecordedForABackwardPass() {
        try (BinaryClassifier classifier =
                        TrainingSteps.classifierWithoutNoise("resnet18", Head.REPLACE, Trained.HEAD);
                Optimizer ofAFrozenWeight = Optimizer.of(
                        new OptimizerSpec.Sgd(),
                        Map.of(
                                "conv1.weight",
                                classifier
                                        .network()
                                        .parameters()
                                        .get("conv1.weight")
                                        .array()),
                        Optional.empty(),
                        classifier.manager())) {
            classifier.initialize(1);
            assertThatThrownBy(() -> TrainingSteps.train(classifier, ofAFrozenWeight, 1))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("not have been used in the graph");
        }
    }

    @Test
    void theHeadIsDrawnLastAsPyTorchDrawsALinear() {
        try (BinaryClassifier replaced = TrainingSteps.classifierWithoutNoise("resnet18", Head.REPLACE, Trained.ALL);
                BinaryClassifier onLogits = TrainingSteps.classifierWithoutNoise("resnet18")) {
            replaced.initialize(7);
            onLogits.initialize(7);
            Map<String, Tensor> state = replaced.stateDict().tensors();
            Map<String, Tensor> other = onLogits.stateDict().tensors();
            float bound = (float) (1 / Math.sqrt(512));
            assertThat(state.get("layer4.1.conv2.weight").values())
                    .isEqualTo(other.get("backbone.layer4.1.conv2.weight").values());
            float largest = 0;
            for (float value : state.get("fc.weight").values()) {
                largest = Math.max(largest, Math.abs(value));
            }
            assertThat(largest).isBetween(0.98f * bound, bound);
            assertThat(Math.abs(replaced.outputBias())).isBetween(1e-6f, bound);
        }
    }

    @Test
    void imageNetWeightsFillAllButTheHead() {
        try (BinaryClassifier onLogits = TrainingSteps.classifierWithoutNoise("resnet18");
                BinaryClassifier replaced =
                        TrainingSteps.classifierWithoutNoise("resnet18", Head.REPLACE, Trained.ALL)) {
            StateDict torchvision = withoutBackbone(Golden.weights(onLogits.stateDict(), "", 1));
            replaced.initialize(1);
            float bias = replaced.outputBias();
            replaced.load(new ModelWeights(torchvision));
            Map<String, Tensor> state = replaced.stateDict().tensors();
            assertThat(state.get("conv1.weight").values())
                    .isEqualTo(torchvision.tensors().get("conv1.weight").values());
            assertThat(state.get("fc.weight").shape()).containsExactly(1, 512);
            assertThat(replaced.outputBias()).isEqualTo(bias);
        }
    }

    private static StateDict withoutBackbone(StateDict state) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        state.tensors().forEach((name, tensor) -> {
            if (name.startsWith("backbone.")) {
                tensors.put(name.substring("backbone.".length()), tensor);
            }
        });
        return new StateDict(tensors);
    }
}
