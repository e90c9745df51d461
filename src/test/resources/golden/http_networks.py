"""Writes http_networks.json: the runs of other networks that WholeRunEqualsPyTorchTest posts, on http_run.py's data, in PyTorch.

Weights by the formula of efficientnet.json (golden.py) with "run/" before the names: torchvision's behind "backbone." with a
Linear(1000, 1) on the logits, "output."; where the head is replaced, torchvision's alone. Run with golden.py's folder on
PYTHONPATH. The rates are such that PyTorch's own losses do not depend on its memory format: the script says by how much they do.
"""
import json
import sys
import tvshim
import torch
import torchvision
from golden import Net, fill
from http_run import tensors
from replaced import replaced
from torch.nn.functional import binary_cross_entropy_with_logits as bce

CASES = [
    ("resnet18", "on_logits", "all", "float32", 1.0, 0.001),
    ("mobilenet_v3_small", "on_logits", "all", "float32", 1.3, 0.003),
    ("convnext_tiny", "on_logits", "all", "float32", 1.0, 0.003),
    ("resnet18", "replace", "all", "float32", 1.0, 0.001),
    ("mobilenet_v3_small", "replace", "head", "float32", 1.3, 0.05),
    ("resnet18", "on_logits", "all", "bfloat16", 1.0, 0.001),
]


def run(architecture, head, train, precision, gain, rate, memory):
    torch.manual_seed(0)
    if head == "replace":
        net, last = replaced(architecture)
        forward = lambda images: net(images).view(-1)
    else:
        net = Net(architecture)
        forward, last = net, net.output
    fill(net, "run/", gain)
    last.bias.data.fill_(-1.0)
    net.to(memory_format=memory)
    (images, labels), (test_images, test_labels) = (tensors(split) for split in ("train", "test"))
    images, test_images = (each.to(memory_format=memory) for each in (images, test_images))

    def logits(images):
        with torch.autocast("cpu", torch.bfloat16, enabled=precision == "bfloat16"):
            return forward(images).float()

    optimizer = torch.optim.SGD(net.parameters() if train == "all" else last.parameters(), lr=rate, momentum=0.9)
    trained, tested, biases = [], [], []
    for epoch in range(6):
        if epoch:
            net.train(train == "all")
            optimizer.zero_grad()
            loss = bce(logits(images), labels)
            loss.backward()
            optimizer.step()
            trained.append(loss.item())
        net.eval()
        with torch.no_grad():
            tested.append(bce(logits(test_images).double(), test_labels.double()).item())
        biases.append(last.bias.item())
    return {"architecture": architecture, "head": head, "train": train, "precision": precision, "gain": gain, "learningRate": rate,
            "trainLosses": trained, "losses": tested, "biases": biases}


def main():
    torch.set_num_threads(2)
    cases = []
    for case in CASES:
        first, other = (run(*case, memory) for memory in (torch.contiguous_format, torch.channels_last))
        apart = {key: max(abs(a - b) for a, b in zip(first[key], other[key])) for key in ("trainLosses", "losses")}
        print(*case, apart, first["losses"], first["trainLosses"], file=sys.stderr)
        cases.append(first)
    with open("http_networks.json", "w") as out:
        json.dump({"torch": torch.__version__, "cases": cases}, out, indent=1)
        out.write("\n")


if __name__ == "__main__":
    main()
