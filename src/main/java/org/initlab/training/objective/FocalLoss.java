package org.initlab.training.objective;

import ai.djl.ndarray.NDArray;
import com.fasterxml.jackson.annotation.JsonTypeName;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;

/**
 * Focal loss (Lin et al. 2017), torchvision's {@code sigmoid_focal_loss}: a row's cross-entropy times α_t (1 − p_t)^γ, where
 * p_t is the probability of its own class.
 *
 * @param gamma γ, in [0, 100]: how much less a row counts that is predicted well; 2 unless given
 * @param alpha the classes' weights; 0.25 unless given
 */
@JsonTypeName("focal")
public record FocalLoss(@DecimalMin("0") @DecimalMax("100") Double gamma, @Valid FocalAlpha alpha)
        implements LossSpec, Objective {
    public FocalLoss {
        gamma = gamma == null ? 2.0 : gamma;
        alpha = alpha == null ? FocalAlpha.USUAL : alpha;
    }

    /** Whether the rows of one class count nothing. */
    public boolean countsOneClass() {
        return alpha.positives() == 0 || alpha.negatives() == 0;
    }

    @Override
    public Objective on(double positiveRate) {
        return this;
    }

    /**
     * With t = x for positive rows and −x for negative ones, the cross-entropy is softplus(−t) and (1 − p_t)^γ is
     * exp(−γ softplus(t)), whose gradient stays finite where 1 − p_t rounds to 0.
     */
    @Override
    public NDArray mean(NDArray logits, NDArray labels) {
        try (NDArray doubled = Numbers.product(labels, 2);
                NDArray signs = Numbers.sum(doubled, -1);
                NDArray own = logits.mul(signs);
                NDArray other = own.neg();
                NDArray crossEntropy = other.getNDArrayInternal().softPlus();
                NDArray surprise = own.getNDArrayInternal().softPlus();
                NDArray exponent = Numbers.product(surprise, -gamma);
                NDArray modulation = exponent.exp();
                NDArray modulated = crossEntropy.mul(modulation);
                NDArray slope = Numbers.product(labels, alpha.positives() - alpha.negatives());
                NDArray weights = Numbers.sum(slope, alpha.negatives());
                NDArray losses = modulated.mul(weights)) {
            return losses.mean();
        }
    }

    @Override
    public double value(double logit, boolean positive) {
        double own = positive ? logit : -logit;
        double weight = positive ? alpha.positives() : alpha.negatives();
        return Softplus.weighted(weight * Math.exp(-Softplus.weighted(gamma, own)), -own);
    }
}
