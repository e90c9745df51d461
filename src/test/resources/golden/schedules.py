"""Writes schedules.json: learning rates by step from torch.optim.lr_scheduler, for a rate of 0.1 and 5 steps an epoch.

    python schedules.py FOLDER

Any PyTorch of the last years will do.
"""
import json
import pathlib
import sys

import torch
from torch.optim.lr_scheduler import CosineAnnealingLR, LambdaLR, LinearLR, MultiStepLR, SequentialLR

RATE, STEPS_AN_EPOCH, EPOCHS = 0.1, 5, 4


def scheduler(spec, optimizer):
    warmup = spec.get("warmupSteps", 0)
    falling = spec.get("epochs", EPOCHS) * STEPS_AN_EPOCH - warmup
    course = {
        "constant": lambda: LambdaLR(optimizer, lambda step: 1),
        "linear": lambda: LinearLR(optimizer, 1, 0, falling),
        "cosine": lambda: CosineAnnealingLR(optimizer, falling),
        "step": lambda: MultiStepLR(optimizer, [epoch * STEPS_AN_EPOCH - warmup for epoch in spec["milestones"]], spec.get("factor", 0.1)),
    }[spec["type"]]
    if not warmup:
        return course()
    rising = LambdaLR(optimizer, lambda step: (step + 1) / warmup)
    return SequentialLR(optimizer, [rising, course()], [warmup])


def rates(spec):
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=RATE)
    schedule = scheduler(spec, optimizer)
    result = []
    for _ in range(EPOCHS * STEPS_AN_EPOCH):
        result.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        schedule.step()
    return result


SPECS = [
    {"type": "constant"},
    {"type": "constant", "warmupSteps": 7},
    {"type": "linear"},
    {"type": "linear", "epochs": 3},
    {"type": "linear", "warmupSteps": 3},
    {"type": "cosine"},
    {"type": "cosine", "epochs": 8},
    {"type": "cosine", "warmupSteps": 6},
    {"type": "step", "milestones": [3, 1, 3]},
    {"type": "step", "milestones": [2], "factor": 0.5, "warmupSteps": 4},
]
result = {"torch": torch.__version__, "rate": RATE, "stepsAnEpoch": STEPS_AN_EPOCH, "epochs": EPOCHS,
          "cases": [{"spec": spec, "rates": rates(spec)} for spec in SPECS]}
pathlib.Path(sys.argv[1], "schedules.json").write_text(json.dumps(result, indent=1) + "\n")
