package org.initlab.results;

import static org.assertj.core.api.Assertions.assertThat;

import org.initlab.training.spec.BiasInit;
import org.initlab.training.spec.Prior;
import org.initlab.training.spec.TrainingSpec;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class ResolvedBiasTest {
    private static final Prior PRIOR = Prior.of(new TrainingSpec(), 0.1, 50);
    private static final BiasInit DEFAULT = new BiasInit.Default();
    private static final BiasInit ZEROS = new BiasInit.Zeros();
    private static final BiasInit OWN_RATE = new BiasInit.PositiveRate();
    private static final BiasInit GIVEN_RATE = new BiasInit.PositiveRate(0.5);
    private static final BiasInit CONSTANT = new BiasInit.Constant(-2.2);

    @Test
    void untilTheDataWasReadOnlyWhatTheUserGaveIsKnown() {
        assertThat(ResolvedBias.unread(DEFAULT)).isEqualTo(new ResolvedBias("default", null, null, null));
        assertThat(ResolvedBias.unread(ZEROS)).isEqualTo(new ResolvedBias("zeros", null, null, null));
        assertThat(ResolvedBias.unread(OWN_RATE)).isEqualTo(new ResolvedBias("positive_rate", null, null, null));
        assertThat(ResolvedBias.unread(GIVEN_RATE)).isEqualTo(new ResolvedBias("positive_rate", 0.5, null, null));
        assertThat(ResolvedBias.unread(CONSTANT)).isEqualTo(new ResolvedBias("constant", null, -2.2, null));
    }

    @Test
    void onDataARateAndALogitFollow() {
        assertThat(ResolvedBias.on(PRIOR, DEFAULT)).isEqualTo(new ResolvedBias("default", null, null, null));
        assertThat(ResolvedBias.on(PRIOR, ZEROS)).isEqualTo(new ResolvedBias("zeros", null, 0.0, null));
        assertThat(ResolvedBias.on(PRIOR, OWN_RATE))
                .isEqualTo(new ResolvedBias("positive_rate", 0.1, Math.log(0.1) - Math.log1p(-0.1), null));
        assertThat(ResolvedBias.on(PRIOR, GIVEN_RATE)).isEqualTo(new ResolvedBias("positive_rate", 0.5, 0.0, null));
        assertThat(ResolvedBias.on(PRIOR, CONSTANT)).isEqualTo(new ResolvedBias("constant", null, -2.2, null));
    }

    @Test
    void onlyTheLogitIsShownWhereItIsNotKnown() {
        assertThat(JsonMapper.shared()
                        .writeValueAsString(
                                ResolvedBias.on(PRIOR, new BiasInit.Calibrated(BiasInit.HeadWeights.ZEROS))))
                .isEqualTo("{\"type\":\"calibrated\",\"value\":null,\"headWeights\":\"zeros\"}");
    }

    @Test
    void whatDoesNotApplyIsLeftOut() {
        assertThat(JsonMapper.shared().writeValueAsString(ResolvedBias.on(PRIOR, ZEROS)))
                .isEqualTo("{\"type\":\"zeros\",\"value\":0.0}");
    }
}
