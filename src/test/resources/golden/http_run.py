"""The run that WholeRunEqualsPyTorchTest posts, in PyTorch: prints its expected losses, with --bfloat16 under autocast, and with
--save DIR also writes the weights (run.pth) and the data (cifar-10-batches-bin/) for a run by hand.

With --case focal, balanced_smooth or cosine_warmup_clip, those of another objective, schedule and clipping.
Formula and names as in efficientnet.json (golden.py): needs golden.py's folder on PYTHONPATH.
Pixels: floor(128 (s + 1)) of the name "run/{split}/{row}", 3x32x32; class 6 (frog) where the row is a multiple of 5, else 0.
"""
import pathlib
import sys
import numpy as np
import tvshim
import torch
from golden import Net, fill, sym
from torch import nn
from torchvision.ops import sigmoid_focal_loss

ROWS = {"train": 60, "test": 40}
MEAN, STD = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)


def records(split):
    pixels = np.stack([np.floor(128 * (sym(f"run/{split}/{row}", 3072) + 1)).astype(np.uint8) for row in range(ROWS[split])])
    labels = np.array([6 if row % 5 == 0 else 0 for row in range(ROWS[split])], np.uint8)
    return pixels, labels


def tensors(split):
    pixels, labels = records(split)
    images = torch.from_numpy(pixels.reshape(-1, 3, 32, 32).astype(np.float32) / 255)
    return (images - torch.tensor(MEAN).view(1, 3, 1, 1)) / torch.tensor(STD).view(1, 3, 1, 1), torch.from_numpy((labels == 6).astype(np.float32))


def save(folder):
    folder.mkdir(parents=True, exist_ok=True)
    bins = folder / "cifar-10-batches-bin"
    bins.mkdir(exist_ok=True)
    for split in ROWS:
        pixels, labels = records(split)
        rows = np.concatenate([labels[:, None], pixels], axis=1)
        parts = np.split(rows, 5) if split == "train" else [rows]
        for i, part in enumerate(parts):
            part.tofile(bins / (f"data_batch_{i + 1}.bin" if split == "train" else "test_batch.bin"))


def main():
    net = Net("efficientnet_b0")
    fill(net, "run/", 1.5)
    if "--save" in sys.argv:
        target = pathlib.Path(sys.argv[sys.argv.index("--save") + 1])
        save(target)
        torch.save(net.state_dict(), target / "run.pth")
    train, test = tensors("train"), tensors("test")
    net.output.bias.data.fill_(-1.0)
    plain = nn.functional.binary_cross_entropy_with_logits
    case = sys.argv[sys.argv.index("--case") + 1] if "--case" in sys.argv else "plain"

    def balanced_smooth(x, y):
        positives = train[1].sum()
        return plain(x, y * 0.9 + 0.05, pos_weight=((len(train[1]) - positives) / positives).to(x.dtype))

    objective = {"focal": lambda x, y: sigmoid_focal_loss(x, y, reduction="mean"), "balanced_smooth": balanced_smooth}.get(case, plain)

    def logits(images):
        with torch.autocast("cpu", torch.bfloat16, enabled="--bfloat16" in sys.argv):
            return net(images).float()

    # weighted four times at 0.01, PyTorch's own float32 losses differ by 0.03 between its memory formats
    optimizer = torch.optim.SGD(net.parameters(), lr=0.003 if case == "balanced_smooth" else 0.01, momentum=0.9)
    schedule = clip = None
    if case == "cosine_warmup_clip":
        rising = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: (step + 1) / 2)
        falling = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, 3)
        schedule, clip = torch.optim.lr_scheduler.SequentialLR(optimizer, [rising, falling], [2]), 0.5
    for epoch in range(6):
        trained = None
        if epoch:
            net.train()
            optimizer.zero_grad()
            step = objective(logits(train[0]), train[1])
            step.backward()
            if clip:
                nn.utils.clip_grad_norm_(net.parameters(), clip)
            optimizer.step()
            if schedule:
                schedule.step()
            trained = step.item()
        net.eval()
        with torch.no_grad():
            x, y = logits(test[0]).double(), test[1].double()
            print(epoch, trained, plain(x, y).item(), objective(x, y).item(), net.output.bias.item())


if __name__ == "__main__":
    main()
