"""Writes hardsigmoid.pt, min(max(x + 3, 0), 6) / 6 by PyTorch's one kernel, which DJL has no operator for.

    python hardsigmoid.py FOLDER

Any recent PyTorch will do: the module holds code and no tensors.
"""
import sys
from pathlib import Path

import torch
from torch import Tensor, nn


class Hardsigmoid(nn.Module):
    def forward(self, x: Tensor) -> Tensor:
        return nn.functional.hardsigmoid(x)

    @torch.jit.export
    def in_place(self, x: Tensor) -> Tensor:
        return nn.functional.hardsigmoid(x, inplace=True)


if __name__ == "__main__":
    torch.jit.script(Hardsigmoid()).save(Path(sys.argv[1]) / "hardsigmoid.pt")
