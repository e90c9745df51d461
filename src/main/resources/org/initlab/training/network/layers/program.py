"""Writes program.pt, which computes a chain of layers in one call, as each call from Java and each array there costs the host
some microseconds, and program-onednn.pt, which does so by oneDNN's own matrix product where that is faster: for a PyTorch that has it.

    python program.py FOLDER

Any recent PyTorch will do: the modules hold code and no tensors.
"""
import sys
from pathlib import Path
from typing import Final, List, Optional

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


def is_product(x: Tensor, weight: Tensor, stride: int, groups: int, rows: bool) -> bool:
    return groups == 1 and stride == 1 and weight.size(2) == 1 and (rows or x.size(2) * x.size(3) <= 16)


def as_rows(x: Tensor) -> Tensor:
    """One row per pixel; of channels-last memory they are a view."""
    return x.permute(0, 2, 3, 1).reshape(-1, x.size(1))


def as_image(rows: Tensor, like: Tensor) -> Tensor:
    return rows.reshape(like.size(0), like.size(2), like.size(3), rows.size(1)).permute(0, 3, 1, 2)


def convolve(x: Tensor, weight: Tensor, bias: Optional[Tensor], stride: int, padding: int, groups: int, rows: bool) -> Tensor:
    """By convolution kernels, or, for few pixels or if asked for rows, without where that is possible."""
    outputs, inputs, pixels = weight.size(0), x.size(1), x.size(2) * x.size(3)
    if is_product(x, weight, stride, groups, rows):
        return as_image(F.linear(as_rows(x), weight.reshape(outputs, inputs), bias), x)
    if groups == inputs and groups == outputs and pixels == 1:
        # of an image of one pixel only the kernel's centre sees more than padding
        product = x * weight[:, 0, padding, padding].reshape(1, inputs, 1, 1)
        return product if bias is None else product.add_(bias.reshape(1, inputs, 1, 1))
    return torch.conv2d(x, weight, bias, [stride, stride], [padding, padding], [1, 1], groups)


def pointwise_gradient(x: Tensor, gradient: Tensor) -> Tensor:
    """A product over all pixels; with the fewer channels first it is up to four times as fast."""
    inputs, outputs = as_rows(x).t(), as_rows(gradient).t()
    if outputs.size(0) <= inputs.size(0):
        product = torch.ops.mkldnn._linear_pointwise(outputs, inputs, None, "none", [], "")
    else:
        product = torch.ops.mkldnn._linear_pointwise(inputs, outputs, None, "none", [], "").t()
    return product.reshape(gradient.size(1), x.size(1), 1, 1)


def depthwise_gradient(x: Tensor, gradient: Tensor, kernel: int, stride: int, padding: int) -> Tensor:
    """Column by column, as oneDNN's depthwise kernel takes at most three, and none larger than the image that it is given."""
    tall = kernel <= x.size(2)
    rows = 0 if tall else padding
    below = 0 if tall else (gradient.size(2) - 1) * stride + kernel - padding - x.size(2)
    parts: List[Tensor] = []
    first = 0
    while first < kernel:
        columns = 2 if kernel - first == 2 or kernel - first == 4 else 3
        left = padding - first
        right = (gradient.size(3) - 1) * stride + columns - left - x.size(3)
        weight = torch.empty([x.size(1), 1, kernel, columns])
        parts.append(torch.ops.aten.convolution_backward(
            gradient, F.pad(x, [left, right, rows, below]), weight, [0], [stride, stride], [padding - rows, 0], [1, 1], False, [0, 0],
            x.size(1), [False, True, False])[1])
        first += columns
    return torch.cat(parts, 3)


class Program(nn.Module):
    """Instructions as Program.java writes them: the number of a kind, where its tensors and its constants start, and four more integers."""
    onednn: Final[bool]
    code: List[int]
    tensors: List[Tensor]
    constants: List[float]
    folded: List[Tensor]
    changes: int
    defers: bool
    inputs: List[Tensor]
    outputs: List[Tensor]
    late: List[int]

    def __init__(self, onednn: bool):
        super().__init__()
        self.onednn = onednn
        self.code, self.tensors, self.constants, self.folded, self.changes = [], [], [], [], 0
        self.defers, self.inputs, self.outputs, self.late = False, [], [], []

    @torch.jit.export
    def set(self, code: List[int], tensors: List[Tensor], constants: List[float]) -> None:
        self.code, self.tensors, self.constants = code, tensors, constants

    @torch.jit.export
    def defer(self) -> None:
        """From now on, training relies on gradients() below."""
        self.defers = True

    @torch.jit.export
    def gradients(self, loss: Tensor, params: List[Tensor]) -> List[Tensor]:
        """torch.autograd.grad, but that late weights' gradients are computed from those of what they gave."""
        found = torch.autograd.grad([loss], self.outputs + params, allow_unused=True)
        gradients: List[Tensor] = []
        done = 0
        for param, gradient in zip(params, found[len(self.outputs):]):
            if gradient is None:
                assert self.tensors[self.code[self.late[done] + 1]] is param, "late weights are in the order of the parameters"
                gradient = self.late_gradient(done, found[done])
                done += 1
            gradients.append(gradient)
        self.forget()
        return gradients

    def late_gradient(self, done: int, gradient: Optional[Tensor]) -> Tensor:
        assert gradient is not None
        at = self.late[done]
        kernel = self.tensors[self.code[at + 1]].size(2)
        if self.onednn:
            if kernel == 1:
                return pointwise_gradient(self.inputs[done], gradient)
        return depthwise_gradient(self.inputs[done], gradient, kernel, self.code[at + 3], self.code[at + 4])

    def forget(self) -> None:
        self.inputs.clear()
        self.outputs.clear()
        self.late.clear()

    def is_late(self, x: Tensor, weight: Tensor, stride: int, groups: int, rows: bool) -> bool:
        """Whether there is a faster way than autograd's to the weight's gradient."""
        if not (self.onednn and self.defers and self.training and x.requires_grad) or x.is_cuda or torch.is_autocast_cpu_enabled():
            return False
        if groups == x.size(1) and groups == weight.size(0):
            pixels, kernel = x.size(2) * x.size(3), weight.size(2)
            # what is kept of the largest images would take more memory than it is worth
            return pixels > 1 and pixels <= 64 * 64 and (kernel > 3 or kernel > x.size(2))
        # of larger images the gradients would have left the processor's caches until then
        return is_product(x, weight, stride, groups, rows)

    def forward(self, x: Tensor) -> Tensor:
        self.forget()
        kept: List[Tensor] = []
        own = False  # whether nobody else needs x
        # on a GPU matrix products need no plan by cuDNN, which takes it half a second for each layer and size of batch
        rows = x.is_cuda or x.size(2) * x.size(3) <= 32 * 32
        self.fold(x)
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

    def fold(self, x: Tensor) -> None:
        """In evaluation on a CPU, puts the statistics, which don't change there, into the kernels, which saves a pass over each image.

        Whoever writes to a tensor raises its version, except a training step to the statistics.
        """
        if self.training or x.is_cuda:
            self.folded = []
            return
        changes = 0
        for tensor in self.tensors:
            changes += tensor._version()
        if len(self.folded) > 0 and changes == self.changes:
            return
        self.folded, self.changes = self.tensors.copy(), changes
        for at in range(0, len(self.code), 7):
            if self.code[at] == 0:
                t = self.code[at + 1]
                scale = self.tensors[t + 1] * torch.rsqrt(self.tensors[t + 4] + self.constants[self.code[at + 2]])
                self.folded[t] = (self.tensors[t] * scale.reshape([-1, 1, 1, 1])).detach()
                self.folded[t + 2] = (self.tensors[t + 2] - self.tensors[t + 3] * scale).detach()

    def convolved(self, x: Tensor, at: int, rows: bool) -> Tensor:
        t, c = self.code[at + 1], self.code[at + 2]
        if len(self.folded) > 0:
            return self.activated(x, self.folded[t], self.folded[t + 2], self.code[at + 3], self.code[at + 4], self.code[at + 5], rows,
                                  self.code[at + 6])
        weight, stride, padding, groups = self.tensors[t], self.code[at + 3], self.code[at + 4], self.code[at + 5]
        if self.is_late(x, weight, stride, groups, rows):
            self.inputs.append(x.detach())
            self.late.append(at)
            x = convolve(x, weight.detach(), None, stride, padding, groups, rows)
            self.outputs.append(x)
        else:
            x = convolve(x, weight, None, stride, padding, groups, rows)
        assert not self.training or x.size(0) * x.size(2) * x.size(3) > 1, "no variance"
        x = torch.batch_norm(x, self.tensors[t + 1], self.tensors[t + 2], self.tensors[t + 3], self.tensors[t + 4],
                             self.training, self.constants[c + 1], self.constants[c], True)
        return activate(x, self.code[at + 6], not self.training)

    def factors(self, x: Tensor, at: int, rows: bool) -> Tensor:
        t = self.code[at + 1]
        # in evaluation by the pooling that is faster on a CPU
        if x.size(2) * x.size(3) == 1:
            means = x
        elif self.training or x.is_cuda:
            means = F.adaptive_avg_pool2d(x, [1, 1])
        else:
            means = F.avg_pool2d(x, [x.size(2), x.size(3)])
        squeezed = self.activated(means, self.tensors[t], self.tensors[t + 1], 1, 0, 1, rows, self.code[at + 3])
        return self.activated(squeezed, self.tensors[t + 2], self.tensors[t + 3], 1, 0, 1, rows, self.code[at + 4])

    def activated(self, x: Tensor, weight: Tensor, bias: Tensor, stride: int, padding: int, groups: int, rows: bool, kind: int) -> Tensor:
        if self.onednn:
            if len(self.folded) > 0 and is_product(x, weight, stride, groups, True) and not torch.is_autocast_cpu_enabled():
                ending = ["none", "relu", "swish", "hardswish", "sigmoid", "none"][kind]
                matrix = weight.reshape(weight.size(0), weight.size(1))
                image = as_image(torch.ops.mkldnn._linear_pointwise(as_rows(x), matrix, bias, ending, [], ""), x)
                return activate(image, kind, True) if ending == "none" else image
        return activate(convolve(x, weight, bias, stride, padding, groups, rows), kind, not self.training)


if __name__ == "__main__":
    for name, onednn in (("program.pt", False), ("program-onednn.pt", True)):
        torch.jit.script(Program(onednn)).save(Path(sys.argv[1]) / name)
