"""The experiment in PyTorch, to compare its numbers with InitLab's: the same rows, network, optimizer and evaluation.

python bench/reference.py FOLDER_OF_CIFAR10_BIN [--trials 3] [--epochs 3] [--train 10000] [--test 2000] [--arm default]
Prints a CSV row an epoch and trial. Where torchvision was built for another torch, `PYTHONPATH` may hold a shim that is
imported first: --shim NAME.
"""
import argparse
import importlib
import math
import pathlib
import numpy as np
import torch
from torch import nn

MEAN, STD = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)
FROG = 6


def rows(folder, names, limit):
    data = np.concatenate([np.fromfile(folder / n, np.uint8).reshape(-1, 3073) for n in names])[:limit]
    labels = torch.from_numpy((data[:, 0] == FROG).astype(np.float32))
    images = torch.from_numpy(data[:, 1:].reshape(-1, 3, 32, 32).astype(np.float32) / 255)
    images = (images - torch.tensor(MEAN).view(1, 3, 1, 1)) / torch.tensor(STD).view(1, 3, 1, 1)
    return images.contiguous(memory_format=torch.channels_last), labels


class Net(nn.Module):
    def __init__(self, backbone):
        super().__init__()
        self.backbone = backbone
        self.output = nn.Linear(1000, 1)

    def forward(self, x):
        return self.output(self.backbone(x)).view(-1)


def evaluate(net, images, labels):
    net.eval()
    with torch.no_grad():
        logits = torch.cat([net(b) for b in images.split(256)]).double()
    loss = nn.functional.binary_cross_entropy_with_logits(logits, labels.double()).item()
    order = logits.argsort()
    ranks = torch.empty(len(order), dtype=torch.double)
    ranks[order] = torch.arange(1, len(order) + 1, dtype=torch.double)
    positive = labels == 1
    p, n = positive.sum().item(), (~positive).sum().item()
    return loss, (ranks[positive].sum().item() - p * (p + 1) / 2) / (p * n), logits.abs().max().item()


def train(options, arm, seed, train_set, test_set):
    import torchvision
    torch.manual_seed(seed)
    net = Net(torchvision.models.efficientnet_b1()).to(memory_format=torch.channels_last)
    images, labels = train_set
    if arm == "positive_rate":
        rate = labels.mean().item()
        net.output.bias.data.fill_(math.log(rate / (1 - rate)))
    optimizer = torch.optim.SGD(net.parameters(), lr=options.learning_rate, momentum=0.9)
    for epoch in range(options.epochs + 1):
        total = 0.0
        if epoch:
            net.train()
            for batch in torch.randperm(len(labels)).split(64):
                optimizer.zero_grad()
                loss = nn.functional.binary_cross_entropy_with_logits(net(images[batch]), labels[batch])
                loss.backward()
                optimizer.step()
                total += loss.item() * len(batch)
        loss, auc, largest = evaluate(net, *test_set)
        train_loss = f"{total / len(labels):.4f}" if epoch else ""
        print(f"{arm},{seed},{epoch},{train_loss},{loss:.4f},{auc:.4f},{net.output.bias.item():.4f},{largest:.1f}", flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--trials", type=int, default=3)
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--train", type=int, default=10000)
    parser.add_argument("--test", type=int, default=2000)
    parser.add_argument("--learning-rate", type=float, default=0.001)
    parser.add_argument("--arm", action="append")
    parser.add_argument("--shim")
    options = parser.parse_args()
    if options.shim:
        importlib.import_module(options.shim)
    train_set = rows(options.folder, [f"data_batch_{i}.bin" for i in range(1, 6)], options.train)
    test_set = rows(options.folder, ["test_batch.bin"], options.test)
    print("arm,seed,epoch,train_loss,loss,roc_auc,output_bias,largest_logit")
    for trial in range(options.trials):
        for arm in options.arm or ["default", "positive_rate"]:
            train(options, arm, 42 + trial, train_set, test_set)


main()
