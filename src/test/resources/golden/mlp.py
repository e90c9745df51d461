"""Writes mlp.json: perceptrons as torch.nn.Sequential of Linear, activation, Dropout(0) and a last Linear, trained by SGD.

Weights by the formula in efficientnet.json (golden.py) at gain 1, under the Sequential's names; rows are 2 s of the name
"rows/{rows}x{features}", labels 1 in every fifth row. Run with golden.py's folder on PYTHONPATH.
"""
import json
import tvshim
import torch
from golden import fill, sym
from torch import nn
from torch.nn.functional import binary_cross_entropy_with_logits as bce

ROWS, FEATURES, STEPS, RATE, MOMENTUM = 10, 7, 4, 0.1, 0.9
ACTIVATIONS = {"relu": nn.ReLU, "gelu": nn.GELU, "silu": nn.SiLU}


def case(hidden, activation):
    layers, width = [], FEATURES
    for next_width in hidden:
        layers += [nn.Linear(width, next_width), ACTIVATIONS[activation](), nn.Dropout(0.0)]
        width = next_width
    net = nn.Sequential(*layers, nn.Linear(width, 1))
    fill(net, "", 1.0)
    rows = torch.from_numpy(2 * sym(f"rows/{ROWS}x{FEATURES}", ROWS * FEATURES)).float().reshape(ROWS, FEATURES)
    labels = torch.tensor([1.0 if i % 5 == 0 else 0.0 for i in range(ROWS)])
    with torch.no_grad():
        logits = net(rows).view(-1).tolist()
    optimizer = torch.optim.SGD(net.parameters(), lr=RATE, momentum=MOMENTUM)
    losses = []
    for _ in range(STEPS):
        optimizer.zero_grad()
        loss = bce(net(rows).view(-1), labels)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return {"hidden": hidden, "activation": activation, "rows": ROWS, "features": FEATURES, "learningRate": RATE,
            "momentum": MOMENTUM, "logits": logits, "losses": losses, "names": list(net.state_dict()),
            "sums": [v.double().abs().sum().item() for v in net.state_dict().values()]}


torch.set_num_threads(1)
cases = [case([16], "relu"), case([12, 8], "gelu"), case([12, 8, 5], "silu"), case([], "relu")]
json.dump({"torch": torch.__version__, "cases": cases}, open("mlp.json", "w"), indent=1)
