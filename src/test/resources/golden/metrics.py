"""What BinaryMetricsTest compares with: prints metrics.json. Needs numpy and scikit-learn.

Everything is computed in float64 from the float32 logits. The areas are scikit-learn's roc_auc_score and
average_precision_score; the calibration error joins its calibration_curve with numpy's histogram, whose bins are closed
below and the last one above, too.
"""
import json
import warnings
import numpy as np
from sklearn.calibration import calibration_curve
from sklearn.metrics import average_precision_score, roc_auc_score

BINS = 15
warnings.simplefilter("error")


def metrics(name, logits, labels):
    x, y = np.asarray(logits, np.float32).astype(np.float64), np.asarray(labels)
    with np.errstate(over="ignore"):
        p = 1 / (1 + np.exp(-x))
    counts = np.histogram(p, BINS, (0, 1))[0]
    shares, means = calibration_curve(y, p, n_bins=BINS) if 0 < y.sum() < len(y) else one_class(y, p, counts)
    return {
        "name": name,
        "logits": [float(value) for value in x],
        "labels": [int(value) for value in y],
        "loss": float(np.mean(np.maximum(x, 0) - x * y + np.log1p(np.exp(-np.abs(x))))),
        "rocAuc": float(roc_auc_score(y, x)) if 0 < y.sum() < len(y) else None,
        "prAuc": float(average_precision_score(y, x)) if y.sum() else None,
        "brier": float(np.mean((p - y) ** 2)),
        "meanProbability": float(p.mean()),
        "ece": float(np.sum(counts[counts > 0] / len(y) * np.abs(means - shares))),
    }


def one_class(y, p, counts):
    """scikit-learn refuses labels that are all the same."""
    bins = np.searchsorted(np.arange(1, BINS) / BINS, p, side="right")
    filled = np.flatnonzero(counts)
    return np.full(len(filled), float(y[0])), np.array([p[bins == b].mean() for b in filled])


random = np.random.default_rng(1)
rare = (random.random(400) < 0.1).astype(int)
cases = [
    metrics("ties", [0.5, 0.5, -1, 2, 2, 2, -1, 0.25], [1, 0, 0, 1, 0, 1, 1, 0]),
    metrics("constant scores", [-2.2] * 6, [1, 0, 0, 0, 0, 1]),
    metrics("extreme logits and two zeros", [-800, 700, -3e4, 88.5, -0.0, 0], [0, 1, 1, 0, 1, 0]),
    metrics("perfect", [3, 2, 1, -1, -2], [1, 1, 0, 0, 0]),
    metrics("reversed", [-3, -2, 1, 2], [1, 1, 0, 0]),
    metrics("only negatives", [1, 2, 3], [0, 0, 0]),
    metrics("only positives", [1, 2, 3], [1, 1, 1]),
    metrics("a tenth positive", np.round(random.normal(-2 + 1.5 * rare, 1.5), 3), rare),
    metrics("overconfident", np.round(random.normal(0, 6, 200), 3), random.integers(0, 2, 200)),
]
print("[")
print(",\n".join(json.dumps(case) for case in cases))
print("]")
