"""Writes scale_rows.pt, a product in the type of its first factor, which DJL cannot name if it is bfloat16.

    python scale_rows.py FOLDER

Any recent PyTorch will do: the module holds code and no tensors.
"""
import sys
from pathlib import Path

import torch
from torch import Tensor, nn


class ScaleRows(nn.Module):
    def forward(self, x: Tensor, factors: Tensor) -> Tensor:
        return x * factors.to(x.dtype)


if __name__ == "__main__":
    torch.jit.script(ScaleRows()).save(Path(sys.argv[1]) / "scale_rows.pt")
