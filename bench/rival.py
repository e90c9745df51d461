"""The PyTorch side of the benchmark: the experiment as its blog post describes it, and the same tuned by hand.

    python bench/rival.py train|evaluate --way reference|tuned|compiled --network efficientnet_b1 --size 32 --batch 64
                          [--device cuda] [--precision float32|tf32|bfloat16]
    python bench/rival.py experiment --way reference|tuned --data FOLDER --size 32 --rows 2000 500 --epochs 2

`train` and `evaluate` warm up, print "ready" and then, for every line "N" on their input, the images a second over N batches.
`experiment` trains two arms on files in CIFAR-10's binary layout and prints the seconds, without those of the imports.

The reference way: torchvision's transforms on PIL images in a DataLoader, NCHW, the loss read back at every step, test batches
of 64 in training mode. The tuned way: pixels as one tensor, channels-last, the loss summed on the device, a fused SGD, test
batches of 256 under inference_mode; on a GPU cuDNN's benchmark too. The compiled way is the tuned one under torch.compile.
"""
import argparse
import copy
import math
import pathlib
import sys
import time

import numpy as np
import torch
from torch import nn
from torch.nn.functional import binary_cross_entropy_with_logits as bce

MEAN, STD = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)
FROG = 6


def import_torchvision():
    """Also beside a build of torch for another device, whose operators are declared here and never run."""
    try:
        import torchvision
    except RuntimeError:
        for name in [m for m in sys.modules if m.startswith("torchvision")]:
            del sys.modules[name]
        import_torchvision.library = library = torch.library.Library("torchvision", "DEF")
        library.define("nms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
        for name in ("qnms", "roi_align", "_roi_align_backward", "ps_roi_align", "_ps_roi_align_backward", "roi_pool",
                     "_roi_pool_backward", "ps_roi_pool", "_ps_roi_pool_backward", "deform_conv2d", "_deform_conv2d_backward"):
            library.define(name + "(Tensor a) -> Tensor")
        import torchvision
    return torchvision


torchvision = import_torchvision()


class Net(nn.Module):
    def __init__(self, network="efficientnet_b1"):
        super().__init__()
        self.backbone = getattr(torchvision.models, network)()
        self.output = nn.Linear(1000, 1)

    def forward(self, x):
        return self.output(self.backbone(x)).squeeze(1)


class Reference:
    """As the script writes it."""

    def __init__(self, net):
        self.net = net
        self.optimizer = torch.optim.SGD(net.parameters(), lr=1e-4, momentum=0.9)
        self.loss = 0.0

    def step(self, images, labels):
        self.optimizer.zero_grad()
        loss = bce(self.net(images), labels)
        loss.backward()
        self.optimizer.step()
        self.loss += loss.item()

    def logits(self, images):
        self.net.train()
        with torch.no_grad():
            return self.net(images)

    def batch(self, size, side):
        return torch.randn(size, 3, side, side), torch.randint(0, 2, (size,)).float()


class Tuned(Reference):
    """What somebody who knows PyTorch makes of it."""

    device, precision = "cpu", "float32"

    def __init__(self, net):
        super().__init__(net.to(self.device, memory_format=torch.channels_last))
        self.optimizer = torch.optim.SGD(net.parameters(), lr=1e-4, momentum=0.9, fused=True)
        self.loss = torch.zeros((), device=self.device)

    def autocast(self):
        return torch.autocast(self.device, torch.bfloat16, enabled=self.precision == "bfloat16")

    def step(self, images, labels):
        with self.autocast():
            logits = self.net(images)
        loss = bce(logits.float(), labels)
        loss.backward()
        self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)
        self.loss += loss.detach()

    def logits(self, images):
        self.net.eval()
        with torch.inference_mode(), self.autocast():
            return self.net(images).float()

    def batch(self, size, side):
        images, labels = super().batch(size, side)
        return images.to(self.device, memory_format=torch.channels_last), labels.to(self.device)


class Compiled(Tuned):
    """By PyTorch's own compiler."""

    def __init__(self, net):
        super().__init__(net)
        self.net = torch.compile(self.net)


WAYS = {"reference": Reference, "tuned": Tuned, "compiled": Compiled}


def synchronize(device):
    if device == "cuda":
        torch.cuda.synchronize()


def measure(options):
    torch.backends.cudnn.benchmark = True
    torch.backends.cudnn.allow_tf32 = torch.backends.cuda.matmul.allow_tf32 = options.precision == "tf32"
    Tuned.device, Tuned.precision = options.device, options.precision
    side = WAYS[options.way](Net(options.network))
    images, labels = side.batch(options.batch, options.size)
    act = (lambda: side.step(images, labels)) if options.what == "train" else (lambda: side.logits(images))
    for _ in range(3):
        act()
    synchronize(options.device)
    print("ready", flush=True)
    for line in sys.stdin:
        start = time.perf_counter()
        for _ in range(int(line)):
            act()
        synchronize(options.device)
        print(int(line) * options.batch / (time.perf_counter() - start), flush=True)


def read(folder, split, rows):
    names = [f"data_batch_{i}.bin" for i in range(1, 6)] if split == "train" else ["test_batch.bin"]
    records = np.concatenate([np.fromfile(folder / n, np.uint8).reshape(-1, 3073) for n in names if (folder / n).exists()])[:rows]
    return records[:, 1:].reshape(-1, 3, 32, 32), (records[:, 0] == FROG).astype(np.float32)


class Images(torch.utils.data.Dataset):
    """One PIL image a row, as torchvision's datasets have it."""

    def __init__(self, pixels, labels, size):
        self.pixels, self.labels = pixels.transpose(0, 2, 3, 1), labels
        t = torchvision.transforms
        resize = [t.Resize(size)] if size != 32 else []
        self.transform = t.Compose(resize + [t.ToTensor(), t.Normalize(MEAN, STD)])

    def __len__(self):
        return len(self.labels)

    def __getitem__(self, row):
        from PIL import Image
        return self.transform(Image.fromarray(self.pixels[row])), self.labels[row]


class Pixels:
    """All rows in one tensor, resized and normalised by the batch."""

    def __init__(self, pixels, labels, size, batch, shuffle):
        self.pixels = torch.from_numpy(pixels).contiguous(memory_format=torch.channels_last)
        self.labels = torch.from_numpy(labels)
        self.size, self.batch, self.shuffle = size, batch, shuffle
        self.mean = torch.tensor(MEAN).view(1, 3, 1, 1) * 255
        self.std = torch.tensor(STD).view(1, 3, 1, 1) * 255

    def __iter__(self):
        order = torch.randperm(len(self.labels)) if self.shuffle else torch.arange(len(self.labels))
        for rows in order.split(self.batch):
            images = self.pixels[rows].float()
            if self.size != 32:
                images = nn.functional.interpolate(images, self.size, mode="bilinear", antialias=True).round_()
            yield images.sub_(self.mean).div_(self.std).contiguous(memory_format=torch.channels_last), self.labels[rows]


def loaders(options):
    for split, rows in zip(("train", "test"), options.rows):
        data = read(options.data, split, rows)
        shuffle = split == "train"
        if options.way == "tuned":
            yield Pixels(*data, options.size, options.batch if shuffle else 256, shuffle)
        else:
            yield torch.utils.data.DataLoader(Images(*data, options.size), batch_size=options.batch, shuffle=shuffle)


def experiment(options):
    start = time.perf_counter()
    train, test = loaders(options)
    rate = read(options.data, "train", options.rows[0])[1].mean().item()
    fresh = Net()
    for bias in (None, math.log(rate / (1 - rate))):
        net = copy.deepcopy(fresh)
        if bias is not None:
            nn.init.constant_(net.output.bias, bias)
        side = WAYS[options.way](net)
        for epoch in range(options.epochs + 1):
            if epoch:
                net.train()
                for images, labels in train:
                    side.step(images, labels)
            results = [(side.logits(images), labels) for images, labels in test]
            logits, labels = (torch.cat(part) for part in zip(*results))
            bce(logits, labels).item(), roc_auc(logits, labels)
    print(time.perf_counter() - start)


def roc_auc(logits, labels):
    ranks = torch.empty(len(logits), dtype=torch.double)
    ranks[logits.argsort()] = torch.arange(1, len(logits) + 1, dtype=torch.double)
    p = labels.sum().item()
    return (ranks[labels == 1].sum().item() - p * (p + 1) / 2) / (p * (len(labels) - p))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("what", choices=["train", "evaluate", "experiment"])
    parser.add_argument("--way", choices=WAYS, required=True)
    parser.add_argument("--network", default="efficientnet_b1")
    parser.add_argument("--size", type=int, default=32)
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--device", choices=["cpu", "cuda"], default="cpu")
    parser.add_argument("--precision", choices=["float32", "tf32", "bfloat16"], default="float32")
    parser.add_argument("--data", type=pathlib.Path)
    parser.add_argument("--rows", type=int, nargs=2, default=(2000, 500))
    parser.add_argument("--epochs", type=int, default=2)
    options = parser.parse_args()
    experiment(options) if options.what == "experiment" else measure(options)


main()
