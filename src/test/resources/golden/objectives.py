"""Writes objectives.json: the losses' values and gradients in double precision, row by row and as means, by PyTorch's
binary_cross_entropy_with_logits and torchvision's sigmoid_focal_loss.

    python objectives.py FOLDER

Any PyTorch and torchvision of the last years will do.
"""
import json
import pathlib
import sys

import torch
from torch.nn.functional import binary_cross_entropy_with_logits
from torchvision.ops import sigmoid_focal_loss

LOGITS = [0, 1.5, -1.5, 6, -6, 15, -15, 30, -30, 1000, -1000, 0, 1.5, -1.5, 6, -6, 15, -15, 30, -30, 1000, -1000]
LABELS = [1] * 11 + [0] * 11


def weight_of(weight):
    return LABELS.count(0) / LABELS.count(1) if weight == "balanced" else weight


def bce(spec, x, y, reduction):
    s = spec.get("labelSmoothing", 0)
    return binary_cross_entropy_with_logits(x, y * (1 - s) + s / 2, reduction=reduction,
                                            pos_weight=torch.tensor(spec.get("positiveWeight", 1), dtype=x.dtype))


def focal(spec, x, y, reduction):
    alpha = spec.get("alpha", 0.25)
    return sigmoid_focal_loss(x, y, -1 if alpha == "none" else alpha, spec.get("gamma", 2), reduction=reduction)


def case(spec):
    loss = {"bce": bce, "focal": focal}[spec["type"]]
    x = torch.tensor(LOGITS, dtype=torch.float64, requires_grad=True)
    y = torch.tensor(LABELS, dtype=torch.float64)
    mean = loss(spec, x, y, "mean")
    gradient, = torch.autograd.grad(mean, x)
    assert torch.isfinite(gradient).all(), spec
    return {"spec": spec, "losses": loss(spec, x, y, "none").tolist(), "mean": mean.item(), "gradient": gradient.tolist()}


SPECS = [
    {"type": "bce"},
    {"type": "bce", "positiveWeight": 3},
    {"type": "bce", "positiveWeight": 0.1},
    {"type": "bce", "labelSmoothing": 0.1},
    {"type": "bce", "labelSmoothing": 1},
    {"type": "bce", "positiveWeight": 9, "labelSmoothing": 0.2},
    {"type": "focal"},
    {"type": "focal", "gamma": 0},
    {"type": "focal", "gamma": 1, "alpha": 0.9},
    {"type": "focal", "gamma": 5, "alpha": "none"},
    {"type": "focal", "gamma": 2, "alpha": 1},
]
result = {"torch": torch.__version__, "logits": LOGITS, "labels": LABELS, "cases": [case(spec) for spec in SPECS]}
pathlib.Path(sys.argv[1], "objectives.json").write_text(json.dumps(result, indent=1) + "\n")
