"""Writes replaced.json: torchvision's networks whose last layer is a Linear(features, 1), trained as a whole, and with all but
that layer frozen in evaluation mode.

Formula as in efficientnet.json (golden.py), names without "backbone."; run with golden.py's folder on PYTHONPATH.
"""
import json
import tvshim
import torch
import torchvision
from golden import batch, fill
from torch import nn
from torch.nn.functional import binary_cross_entropy_with_logits as bce

SIZE, ROWS, STEPS, MOMENTUM = 64, 8, 3, 0.9
CASES = [
    ("resnet18", "all", 1.0, 0.001),
    ("resnet18", "head", 1.0, 0.05),
    ("efficientnet_b0", "head", 1.35, 0.05),
    ("mobilenet_v3_small", "all", 1.3, 0.005),
    ("mobilenet_v3_small", "head", 1.3, 0.05),
    ("convnext_tiny", "all", 1.0, 0.005),
    ("convnext_tiny", "head", 1.0, 0.05),
]
OFF = {
    "efficientnet": {"stochastic_depth_prob": 0.0, "dropout": 0.0},
    "convnext": {"stochastic_depth_prob": 0.0},
    "mobilenet": {"dropout": 0.0},
    "resnet18": {},
}


def replaced(architecture):
    net = getattr(torchvision.models, architecture)(**OFF[architecture.split("_")[0]])
    if architecture == "resnet18":
        net.fc = nn.Linear(net.fc.in_features, 1)
        return net, net.fc
    net.classifier[-1] = nn.Linear(net.classifier[-1].in_features, 1)
    return net, net.classifier[-1]


def case(architecture, train, gain, rate):
    net, head = replaced(architecture)
    fill(net, "", gain)
    images, labels = batch(ROWS, SIZE, 0)
    net.eval()
    with torch.no_grad():
        before = net(images).view(-1).tolist()
    net.train(train == "all")
    learnt = net.parameters() if train == "all" else head.parameters()
    optimizer = torch.optim.SGD(learnt, lr=rate, momentum=MOMENTUM)
    losses = []
    for _ in range(STEPS):
        optimizer.zero_grad()
        loss = bce(net(images).view(-1), labels)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    net.eval()
    with torch.no_grad():
        after = net(images).view(-1).tolist()
    return {"architecture": architecture, "train": train, "imageSize": SIZE, "batch": ROWS, "gain": gain,
            "learningRate": rate, "momentum": MOMENTUM, "logits": before, "losses": losses, "logitsAfter": after,
            "headBias": head.bias.item()}


if __name__ == "__main__":
    torch.manual_seed(0)
    torch.set_num_threads(2)
    json.dump({"torch": torch.__version__, "cases": [case(*c) for c in CASES]}, open("replaced.json", "w"), indent=1)
