package generated;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** What a program does with the generated client; compiled together with it. */
public final class Use {
    private final ExperimentsApi experiments;

    private Use(int port) {
        ApiClient client = new ApiClient();
        client.updateBaseUri("http://127.0.0.1:" + port);
        experiments = new ExperimentsApi(client);
    }

    /** Submits an experiment with a variant of each kind; returns its id. */
    public static String submit(int port) throws ApiException {
        return new Use(port).experiments.submitExperiment(spec(1), "generated").getId().toString();
    }

    private static ExperimentSpec spec(int trials) {
        return new ExperimentSpec()
                .name("by a generated client")
                .dataset(new DatasetSpec().name("digits").positiveClass(new DatasetSpecPositiveClass("0")))
                .addBiasInitsItem(new BiasInit(new BiasInitZeros().type(BiasInitZeros.TypeEnum.ZEROS)))
                .addBiasInitsItem(
                        new BiasInit(new BiasInitConstant().type(BiasInitConstant.TypeEnum.CONSTANT).value(-2.0)))
                .training(new TrainingSpec()
                        .epochs(2)
                        .optimizer(new OptimizerSpec(
                                new OptimizerSpecAdam().type(OptimizerSpecAdam.TypeEnum.ADAM).learningRate(0.001)))
                        .loss(new LossSpec(new LossSpecFocalLoss()
                                .type(LossSpecFocalLoss.TypeEnum.FOCAL)
                                .alpha(new LossSpecFocalLossAlpha("none")))))
                .trials(trials);
    }

    /** Reads the experiment and its metrics, and is refused once. */
    public static List<String> read(int port, String id) throws Exception {
        ExperimentsApi experiments = new Use(port).experiments;
        List<String> seen = new ArrayList<>();
        ExperimentView view = experiments.getExperiment(UUID.fromString(id), null);
        seen.add(view.getState().toString());
        seen.add(view.getSpec().getTraining().getOptimizer().getOptimizerSpecAdam().getLearningRate().toString());
        seen.add(view.getSpec().getTraining().getLoss().getLossSpecFocalLoss().getGamma().toString());
        for (BiasInit arm : view.getSpec().getBiasInits()) {
            seen.add(arm.getActualInstance().getClass().getSimpleName());
        }
        MetricsView metrics = experiments.getMetrics(view.getId(), null, null);
        EpochRow first = metrics.getArms().get(1).getTrials().get(0).getEpochs().get(0);
        seen.add(metrics.getArms().get(1).getArm() + " " + first.getEpoch() + " " + first.getTrainLoss());
        try {
            experiments.submitExperiment(spec(0), null);
        } catch (ApiException refused) {
            Problem problem = ApiClient.createDefaultObjectMapper().readValue(refused.getResponseBody(), Problem.class);
            seen.add(problem.getStatus() + " " + problem.getErrors().get(0).getPointer());
        }
        return seen;
    }
}
