"""Writes silu.pt, x·sigmoid(x) by PyTorch's one kernel, which DJL has no operator for.

    python silu.py FOLDER

Any recent PyTorch will do: the module holds code and no tensors.
"""
import sys
from pathlib import Path

import torch
from torch import Tensor, nn


class SiLU(nn.Module):
    def forward(self, x: Tensor) -> Tensor:
        return nn.functional.silu(x)

    @torch.jit.export
    def in_place(self, x: Tensor) -> Tensor:
        return nn.functional.silu(x, inplace=True)


if __name__ == "__main__":
    torch.jit.script(SiLU()).save(Path(sys.argv[1]) / "silu.pt")
