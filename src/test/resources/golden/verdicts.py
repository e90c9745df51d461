"""What PairedTestsTest compares with: prints verdicts.json. Needs numpy, SciPy and statsmodels.

Equivalence is statsmodels' DescrStatsW.ttost_mean, sign flips are SciPy's permutation_test over all assignments of signs,
Wilcoxon's p is SciPy's wilcoxon, Holm's is statsmodels' multipletests, the intervals are SciPy's ttest_1samp, and the trials
needed are the first whole number at which statsmodels' TTestPower reaches 0.8.
"""
import json
import numpy as np
from scipy import stats
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.power import TTestPower
from statsmodels.stats.weightstats import DescrStatsW

FEWEST, LEVEL, WANTED = 3, 0.05, 0.8


def needed(effect):
    power = lambda n: TTestPower().power(effect, n, LEVEL, alternative="two-sided")
    if power(FEWEST) >= WANTED:
        return FEWEST
    n = max(FEWEST, int((stats.norm.ppf(1 - LEVEL / 2) + stats.norm.ppf(WANTED)) ** 2 / effect**2))
    while power(n) < WANTED:
        n += 1
    assert n == FEWEST or power(n - 1) < WANTED
    return n


def pairs(name, differences, margin, arms):
    d = np.asarray(differences)
    t = stats.ttest_1samp(d, 0)
    level = 1 - LEVEL / arms
    flips = stats.permutation_test((d,), np.sum, permutation_type="samples", n_resamples=np.inf) if len(d) <= 16 else None
    return {
        "name": name,
        "differences": d.tolist(),
        "margin": margin,
        "equivalenceP": float(DescrStatsW(d).ttost_mean(-margin, margin)[0]),
        "tTestP": float(t.pvalue),
        "wilcoxonP": float(stats.wilcoxon(d).pvalue),
        "signFlipP": float(flips.pvalue) if flips else None,
        "level": level,
        "low": float(t.confidence_interval(level).low),
        "high": float(t.confidence_interval(level).high),
        "trialsNeeded": needed(margin / d.std(ddof=1)),
    }


random = np.random.default_rng(18)
cases = [
    pairs("clearly better", [-0.12, -0.09, -0.15, -0.11, -0.08], 0.02, 1),
    pairs("within the margin", [0.001, -0.002, 0.0005, 0.0012, -0.0008, 0.0003], 0.01, 2),
    pairs("three that say little", [0.041, -0.01, 0.09], 0.016, 1),
    pairs("better by less than the margin", [-0.004, -0.005, -0.006, -0.0055, -0.0045], 0.02, 3),
    pairs("outside the margin", [0.03, 0.031, 0.029, 0.032], 0.01, 7),
    pairs("sixteen", random.normal(0.02, 0.05, 16).tolist(), 0.04, 4),
    pairs("flips that tie", [0.1, 0.2, -0.3, 0.3, -0.1, 0.4, 0.4], 0.5, 1),
    pairs("ten of a t with three degrees", (0.01 * random.standard_t(3, 10)).tolist(), 0.01, 2),
    pairs("forty", random.normal(0, 0.03, 40).tolist(), 0.01, 1),
]
powers = [
    {"effect": effect, "pairs": n, "power": float(TTestPower().power(effect, n, LEVEL, alternative="two-sided"))}
    for effect, n in [(0.1, 3), (0.5, 10), (0.5, 34), (1, 10), (2, 5), (3, 3), (5, 3), (0.05, 2000), (0.2, 199), (1.5, 6)]
]
trials = [{"effect": effect, "trials": needed(effect)} for effect in [0.01, 0.03, 0.1, 0.2, 0.5, 0.8, 1, 1.5, 2, 3, 4, 8]]
p = [[0.01, 0.04, 0.03], [0.005, 0.2, 0.0004, 0.9, 0.03, 0.03], random.uniform(0, 0.2, 40).tolist()]
holm = [{"p": row, "adjusted": multipletests(row, LEVEL, "holm")[1].tolist()} for row in p]
random = np.random.default_rng(19)
cases += [
    pairs("two", [0.013, 0.021], 0.1, 1),
    pairs("ties and zeros", [0.02, -0.01, 0.02, 0, 0.03, -0.02, 0.01, 0, 0.05], 0.03, 2),
    pairs("sixty that are skewed", (random.exponential(0.02, 60) - 0.01).tolist(), 0.01, 3),
    pairs("two hundred", random.normal(0.003, 0.02, 200).tolist(), 0.005, 7),
]
print(json.dumps({"pairs": cases, "powers": powers, "trials": trials, "holm": holm}, indent=1))
