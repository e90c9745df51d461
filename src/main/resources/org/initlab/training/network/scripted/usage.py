"""Writes usage.pt, which tells on which parameters a scalar depends, counting each once that a module has under several names.

    python usage.py FOLDER

Any recent PyTorch will do: the module holds code and no tensors.
"""
import sys
from pathlib import Path
from typing import List

import torch
from torch import Tensor, nn


class Usage(nn.Module):
    @torch.jit.export
    def used(self, output: Tensor, params: List[Tensor]) -> Tensor:
        if not output.requires_grad:
            return torch.zeros([len(params)], dtype=torch.bool)
        flags: List[bool] = []
        for index, gradient in enumerate(torch.autograd.grad([output], params, allow_unused=True)):
            first = True
            for earlier in params[:index]:
                first = first and earlier is not params[index]
            flags.append(first and gradient is not None)
        return torch.tensor(flags)


if __name__ == "__main__":
    torch.jit.script(Usage()).save(Path(sys.argv[1]) / "usage.pt")
