"""What ConfidenceSequenceTest compares with: prints sequences.json. Needs numpy and SciPy.

The bound is found without the closed form: the mean on the interval's edge is that at which the likelihood mixed by numeric
integration over the standardised mean and the scale is as many times that of the edge as it is at |t| = a in the first look, where a
solves 2(1 - F(a) + a f(a)) = error.

With the argument "candidates" it prints the half-widths that docs/comparison.md compares.
"""
import json
import sys
import numpy as np
from scipy import integrate, optimize, stats


def start(first, error):
    student = stats.t(first - 1)
    return optimize.brentq(lambda a: 2 * (student.sf(a) + a * student.pdf(a)) - error, 1, 1e9, xtol=1e-14, rtol=1e-15)


def over_scale(n, squares):
    """ln of the integral of scale^(-n - 1) exp(-squares / (2 scale^2))."""
    exponent = lambda u: -n * u - squares / 2 * np.exp(-2 * u)
    peak = 0.5 * np.log(squares / n)
    return exponent(peak) + np.log(integrate.quad(
        lambda u: np.exp(exponent(u) - exponent(peak)), peak - 8, peak + 40, epsabs=0, epsrel=1e-13, limit=500)[0])


def log_ratio(x, mu):
    """ln of the mixture over standardised distances from mu, by the likelihood at mu, up to a constant; both mixed over the scale.

    Given the scale, the likelihood at a distance is exp(-n z^2 / 2) times that of the best one, z being how far it is from that.
    """
    n, total, squares = len(x), np.sum(x - mu), np.sum((x - mu) ** 2)
    distances = integrate.quad(lambda z: np.exp(-n * z * z / 2), -np.inf, np.inf, epsabs=0, epsrel=1e-13)[0] / np.sqrt(2 * np.pi)
    return np.log(distances) + over_scale(n, squares - total**2 / n) - over_scale(n, squares)


def interval(x, first, error):
    a = start(first, error)
    threshold = first / 2 * np.log1p(a * a / (first - 1)) - np.log(first) / 2
    mean, deviation = x.mean(), x.std()
    far = deviation * 1e4 if len(x) < 10 else deviation * 100
    edge = lambda sign: mean + sign * optimize.brentq(
        lambda d: log_ratio(x, mean + sign * d) - threshold, deviation * 1e-3, far, xtol=1e-14, rtol=1e-14)
    return edge(-1), edge(1)


def candidates(first=5, error=0.05):
    """Half-widths in standard deviations by number of pairs: Lai's, and normal mixtures of scale s over standardised means."""
    pairs = np.array([5, 6, 8, 10, 20, 30, 50])

    def mixture(t, n, s):
        """ln of the mixture's martingale at a t statistic."""
        r = 1 + n * s * s
        return n / 2 * np.log((1 + t * t / (n - 1)) / (1 + t * t / (n - 1) / r)) - np.log(r) / 2

    def half(s, threshold):
        r = 1 + pairs * s * s
        k = np.exp(2 / pairs * (threshold + np.log(r) / 2))
        return np.sqrt((k - 1) / (1 - k / r) * (pairs - 1) / pairs)

    def later(s):
        """The threshold if looks begin late: what the first look loses, and by Ville's inequality what all others do."""
        student = stats.t(first - 1)
        lost = lambda a: 2 * student.sf(a) + (2 * student.cdf(a / np.sqrt(1 + first * s * s)) - 1) / np.exp(mixture(a, first, s))
        return mixture(optimize.brentq(lambda a: lost(a) - error, 1, 1e6), first, s)

    a = start(first, error)
    threshold = first * np.log1p(a * a / (first - 1)) - np.log(first)
    rows = {
        f"Lai, from {first}": np.sqrt(np.expm1((threshold + np.log(pairs)) / pairs) * (pairs - 1) / pairs),
        f"scale 2, from {first}": half(2, later(2)),
        f"scale 1, from {first}": half(1, later(1)),
        "scale 1, from 1": half(1, -np.log(error)),
        "scale 10, from 1": half(10, -np.log(error)),
        "Student's": stats.t(pairs - 1).isf(error / 2) / np.sqrt(pairs),
    }
    for name, row in rows.items():
        print(f"{name:20}", *(f"{value:.2f}" for value in row))


if sys.argv[1:] == ["candidates"]:
    candidates()
    sys.exit()

random = np.random.default_rng(2310)
cases = []
for first, error, n, mean in [(5, 0.05, 12, 0), (3, 0.05, 6, 0.3), (5, 0.05 / 7, 10, -1), (10, 0.01, 50, 0.1), (2, 0.5, 4, 0)]:
    x = random.normal(mean, 0.5, n)
    looks, low, high = [], -np.inf, np.inf
    for k in range(first, n + 1):
        at = interval(x[:k], first, error)
        low, high = max(low, at[0]), min(high, at[1])
        looks.append({"pairs": k, "low": float(low), "high": float(high)})
    cases.append({"firstLook": first, "error": error, "differences": x.tolist(), "looks": looks})
print(json.dumps(cases, indent=1))
