"""Writes the TorchScript modules that the service calls where DJL's PyTorch engine has no operator of its own.

    python bench/torchscript.py src/main/resources/org/initlab/training/model

Any recent PyTorch will do: the modules hold code and no tensors. Their formulas are torch.nn.functional.silu and, step
by step, the single-tensor code paths of torch.optim.SGD, Adam and AdamW.
"""
import sys
from pathlib import Path
from typing import List

import torch
from torch import Tensor, nn


class SiLU(nn.Module):
    def forward(self, x: Tensor) -> Tensor:
        return nn.functional.silu(x)


class Optimizers(nn.Module):
    """Each method applies the gradients of a list of parameters in place and sets them to zero."""

    @torch.jit.export
    def sgd(self, params: List[Tensor], buffers: List[Tensor], lr: float, momentum: float, weight_decay: float) -> None:
        with torch.no_grad():
            for i, p in enumerate(params):
                g = p.grad
                if g is None:
                    continue
                d = g.add(p, alpha=weight_decay) if weight_decay != 0.0 else g
                if momentum != 0.0:
                    d = buffers[i].mul_(momentum).add_(d)
                p.add_(d, alpha=-lr)
                g.zero_()

    @torch.jit.export
    def adam(self, params: List[Tensor], means: List[Tensor], squares: List[Tensor], step: float, lr: float,
             weight_decay: float, decoupled: bool) -> None:
        with torch.no_grad():
            step_size = lr / (1 - 0.9**step)
            scale = (1 - 0.999**step) ** 0.5
            for i, p in enumerate(params):
                g = p.grad
                if g is None:
                    continue
                d = g
                if decoupled:
                    p.mul_(1 - lr * weight_decay)
                elif weight_decay != 0.0:
                    d = g.add(p, alpha=weight_decay)
                means[i].lerp_(d, 1 - 0.9)
                squares[i].mul_(0.999).addcmul_(d, d, value=1 - 0.999)
                p.addcdiv_(means[i], (squares[i].sqrt() / scale).add_(1e-8), value=-step_size)
                g.zero_()


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    torch.jit.script(SiLU()).save(folder / "silu.pt")
    torch.jit.script(Optimizers()).save(folder / "optimizers.pt")
