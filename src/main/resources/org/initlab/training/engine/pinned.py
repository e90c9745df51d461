"""Writes pinned.pt, memory that a GPU copies from by itself and at full speed, which DJL has no operator for.

    python pinned.py FOLDER

Any recent PyTorch will do: the module holds code and no tensors.
"""
import sys
from pathlib import Path

import torch
from torch import Tensor, nn


class Pinned(nn.Module):
    @torch.jit.export
    def allocate(self, bytes: int) -> Tensor:
        return torch.empty([bytes], dtype=torch.uint8, pin_memory=True)


if __name__ == "__main__":
    torch.jit.script(Pinned()).save(Path(sys.argv[1]) / "pinned.pt")
