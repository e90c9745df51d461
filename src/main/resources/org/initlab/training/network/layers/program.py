"""Writes program.pt, which computes a chain of layers in one call, as each call from Java and each array there costs the host
some microseconds.

    python program.py FOLDER

Any recent PyTorch will do: the module holds code and no tensors.
"""
import sys
from pathlib import Path
from typing import List, Optional

import torch
from torch import Tensor, nn
from torch.nn import functional as F


def activate(x: Tensor, kind: int, inplace: bool) -> Tensor:
    """By the numbers in Activation.java."""
    if kind == 1:
        return F.relu(x, inplace)
    if kind == 2:
        return F.silu(x, inplace)
    if kind == 3:
        return F.hardswish(x, inplace)
    if kind == 4:
        return torch.sigmoid(x)
    if kind == 5:
        return F.hardsigmoid(x, inplace)
    return x


def convolve(x: Tensor, weight: Tensor, bias: Optional[Tensor], stride: int, padding: int, groups: int, rows: bool) -> Tensor:
    """By convolution kernels, or, for few pixels or if asked for rows, without where that is possible."""
    outputs, inputs, pixels = weight.size(0), x.size(1), x.size(2) * x.size(3)
    if groups == 1 and stride == 1 and weight.size(2) == 1 and (rows or pixels <= 16):
        # one row per pixel; in channels-last memory the rows are a view
        products = F.linear(x.permute(0, 2, 3, 1).reshape(-1, inputs), weight.reshape(outputs, inputs), bias)
        return products.reshape(x.size(0), x.size(2), x.size(3), outputs).permute(0, 3, 1, 2)
    if groups == inputs and groups == outputs and pixels == 1:
        # of an image of one pixel only the kernel's centre sees more than padding
        product = x * weight[:, 0, padding, padding].reshape(1, inputs, 1, 1)
        return product if bias is None else product.add_(bias.reshape(1, inputs, 1, 1))
    return torch.conv2d(x, weight, bias, [stride, stride], [padding, padding], [1, 1], groups)


class Program(nn.Module):
    """Instructions as Program.java writes them: the number of a kind, where its tensors and its constants start, and four more integers."""
    code: List[int]
    tensors: List[Tensor]
    constants: List[float]

    def __init__(self):
        super().__init__()
        self.code, self.tensors, self.constants = [], [], []

    @torch.jit.export
    def set(self, code: List[int], tensors: List[Tensor], constants: List[float]) -> None:
        self.code, self.tensors, self.constants = code, tensors, constants

    def forward(self, x: Tensor) -> Tensor:
        kept: List[Tensor] = []
        own = False  # whether nobody else needs x
        # on a GPU matrix products need no plan by cuDNN, which takes it half a second for each layer and size of batch
        rows = x.is_cuda or x.size(2) * x.size(3) <= 32 * 32
        for at in range(0, len(self.code), 7):
            kind = self.code[at]
            if kind == 0:  # convolve
                x, own = self.convolved(x, at, rows), True
            elif kind == 1:  # gate
                factors = self.factors(x, at, rows)
                x, own = x.mul_(factors) if own and not self.training else x * factors, True
            elif kind == 2:  # keep
                kept.append(x)
                own = False
            elif kind == 3:  # drop rows
                rate = self.constants[self.code[at + 2]]
                if self.training and rate > 0.0:
                    ones = torch.ones([x.size(0), 1, 1, 1], dtype=torch.float32, device=x.device)
                    x, own = x * torch.dropout(ones, rate, True).to(x.dtype), True
            elif kind == 4:  # add kept
                x, own = x.add_(kept.pop()) if own else x + kept.pop(), True
        return x

    def convolved(self, x: Tensor, at: int, rows: bool) -> Tensor:
        t, c = self.code[at + 1], self.code[at + 2]
        if not self.training and not x.is_cuda and x.numel() > self.tensors[t].numel():
            # statistics that don't change go into the kernel, which saves a pass over the image
            scale = self.tensors[t + 1] * torch.rsqrt(self.tensors[t + 4] + self.constants[c])
            x = convolve(x, self.tensors[t] * scale.reshape([-1, 1, 1, 1]), self.tensors[t + 2] - self.tensors[t + 3] * scale,
                         self.code[at + 3], self.code[at + 4], self.code[at + 5], rows)
            return activate(x, self.code[at + 6], True)
        x = convolve(x, self.tensors[t], None, self.code[at + 3], self.code[at + 4], self.code[at + 5], rows)
        assert not self.training or x.size(0) * x.size(2) * x.size(3) > 1, "no variance"
        x = torch.batch_norm(x, self.tensors[t + 1], self.tensors[t + 2], self.tensors[t + 3], self.tensors[t + 4],
                             self.training, self.constants[c + 1], self.constants[c], True)
        return activate(x, self.code[at + 6], not self.training)

    def factors(self, x: Tensor, at: int, rows: bool) -> Tensor:
        t, inplace = self.code[at + 1], not self.training
        # in evaluation by the pooling that is faster on a CPU
        means = F.adaptive_avg_pool2d(x, [1, 1]) if self.training or x.is_cuda else F.avg_pool2d(x, [x.size(2), x.size(3)])
        squeezed = convolve(means, self.tensors[t], self.tensors[t + 1], 1, 0, 1, rows)
        squeezed = activate(squeezed, self.code[at + 3], inplace)
        factors = convolve(squeezed, self.tensors[t + 2], self.tensors[t + 3], 1, 0, 1, rows)
        return activate(factors, self.code[at + 4], inplace)


if __name__ == "__main__":
    torch.jit.script(Program()).save(Path(sys.argv[1]) / "program.pt")
