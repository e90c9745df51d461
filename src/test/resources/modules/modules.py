"""Writes the modules beside it, and prints the losses that ModuleRunsEqualPyTorchTest expects.

    PYTHONPATH=GOLDEN python modules.py FOLDER

GOLDEN is the folder of golden.py, whose formula makes the images: those of ../golden/http_run.py.
"""
import json
import pathlib
import sys
import zipfile

import numpy as np
import torch
from golden import sym
from torch import nn

ROWS = {"train": 60, "test": 40}
MEAN, STD = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)


class Net(nn.Module):
    """A convolution, BatchNorm, pooling and a Linear; the view fails on images that lie channels-last in memory."""

    def __init__(self, outputs: int, dropout: float):
        super().__init__()
        self.body = nn.Sequential(nn.Conv2d(3, 4, 3, stride=2, padding=1), nn.BatchNorm2d(4), nn.ReLU(), nn.Dropout(dropout))
        self.pool = nn.AdaptiveAvgPool2d(2)
        self.unused = nn.Parameter(torch.ones(2))
        self.frozen = nn.Parameter(torch.ones(1), requires_grad=False)
        self.fc = nn.Linear(16, outputs)

    def forward(self, x):
        raw = x.view(x.size(0), -1).mean(1, keepdim=True)
        x = self.pool(self.body(x))
        return self.fc(x.flatten(1) + self.frozen * raw)


class NoLinear(nn.Module):
    """One number for each row, but not a Linear's."""

    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(3, 1)

    def forward(self, x):
        return torch.tanh(self.fc(x.mean([2, 3])))


class Failing(nn.Module):
    def forward(self, x):
        if x.size(0) > 0:
            raise ValueError("these images are not mine")
        return x


class Replacing(nn.Module):
    """A buffer that is another tensor after each step, for rows of numbers or images."""

    def __init__(self):
        super().__init__()
        self.register_buffer("seen", torch.zeros(3))
        self.register_buffer("steps", torch.zeros((), dtype=torch.long))
        self.fc = nn.Linear(3, 2)

    def forward(self, x):
        x = x.mean([2, 3])
        if self.training:
            self.seen = 0.5 * self.seen + 0.5 * x.detach().mean(0)
            self.steps = self.steps + 1
        return self.fc(x - self.seen) * (1.0 + 0.01 * self.steps)


class Keeping(nn.Module):
    """A buffer that is the last batch itself, not a copy of it."""

    def __init__(self):
        super().__init__()
        self.register_buffer("last", torch.zeros(2, 5))
        self.fc = nn.Linear(5, 1)

    def forward(self, x):
        self.last = x.detach()
        return self.fc(x)


class Tied(nn.Module):
    """One weight in two layers, and one layer under two names."""

    def __init__(self):
        super().__init__()
        self.first = nn.Linear(12, 12)
        self.second = nn.Linear(12, 12)
        self.second.weight = self.first.weight
        self.again = self.first
        self.fc = nn.Linear(12, 1)

    def forward(self, x):
        x = torch.nn.functional.adaptive_avg_pool2d(x, 2).flatten(1)
        return self.fc(self.again(torch.tanh(self.second(torch.tanh(self.first(x))))))


class Overwriting(nn.Module):
    """Overwrites what the backward pass needs, but only in training."""

    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(3, 2)

    def forward(self, x):
        x = torch.exp(self.fc(x.mean([2, 3])))
        return x.add_(1.0) if self.training else x


class Rows(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(5, 1)

    def forward(self, x):
        return self.fc(x).squeeze(-1)


def tensors(split):
    rows = range(ROWS[split])
    pixels = np.stack([np.floor(128 * (sym(f"run/{split}/{row}", 3072) + 1)).astype(np.uint8) for row in rows])
    images = torch.from_numpy(pixels.reshape(-1, 3, 32, 32).astype(np.float32) / 255)
    labels = torch.tensor([1.0 if row % 5 == 0 else 0.0 for row in rows])
    return (images - torch.tensor(MEAN).view(1, 3, 1, 1)) / torch.tensor(STD).view(1, 3, 1, 1), labels


def train(file, head, bfloat16=False):
    net = torch.jit.load(str(file))
    parameters = [p for p in net.parameters() if p.requires_grad]
    output = None
    if head:
        output = nn.Linear(3, 1)
        nn.init.zeros_(output.weight)
        nn.init.constant_(output.bias, -1.0)
        parameters += output.parameters()
        bias = output.bias
    else:
        bias = dict(net.named_parameters())["fc.bias"]
        bias.data.fill_(-1.0)

    def logits(x):
        with torch.autocast("cpu", torch.bfloat16, enabled=bfloat16):
            x = net(x)
            return (output(x) if head else x).squeeze(1).float()

    (x, y), (x_test, y_test) = tensors("train"), tensors("test")
    optimizer = torch.optim.SGD(parameters, lr=0.1, momentum=0.9)
    loss = nn.functional.binary_cross_entropy_with_logits
    rows = []
    for epoch in range(6):
        trained = None
        if epoch:
            net.train()
            optimizer.zero_grad()
            step = loss(logits(x), y)
            step.backward()
            optimizer.step()
            trained = step.item()
        net.eval()
        with torch.no_grad():
            rows.append([trained, loss(logits(x_test).double(), y_test.double()).item(), bias.item()])
    return rows


def save(module, file):
    torch.jit.script(module).save(file)
    # the places in this machine's Python that the code comes from need not be kept
    with zipfile.ZipFile(file) as archive:
        entries = {name: archive.read(name) for name in archive.namelist() if not name.endswith(".debug_pkl")}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)


if __name__ == "__main__":
    folder = pathlib.Path(sys.argv[1])
    torch.manual_seed(1)
    modules = {
        "features": Net(3, 0.0),
        "dropout": Net(3, 0.2),
        "logit": Net(1, 0.0),
        "no_linear": NoLinear(),
        "failing": Failing(),
        "replacing": Replacing(),
        "rows": Rows(),
        "tied": Tied(),
        "overwriting": Overwriting(),
        "keeping": Keeping(),
    }
    for name, module in modules.items():
        save(module, folder / f"{name}.pt")
    expected = {
        "logit": train(folder / "logit.pt", head=False),
        "features": train(folder / "features.pt", head=True),
        "tied": train(folder / "tied.pt", head=False),
        "logit_bfloat16": train(folder / "logit.pt", head=False, bfloat16=True),
    }
    (folder / "modules.json").write_text(json.dumps(expected, indent=1) + "\n")
