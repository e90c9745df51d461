"""Writes optimizers.pt, the gradients and steps of a whole model in one call each, by torch.optim's fused kernels.

    python optimizers.py FOLDER

Any recent PyTorch will do: the module holds code and no tensors.
"""
import sys
from pathlib import Path
from typing import List

import torch
from torch import Tensor, nn


def laid_out_as(x: Tensor, model: Tensor) -> Tensor:
    """The same values with exactly the model's strides, also in dimensions of size 1, as the fused kernels want them on a GPU."""
    if x.stride() == model.stride():
        return x
    for dimension in range(x.dim()):
        if x.size(dimension) > 1 and x.stride(dimension) != model.stride(dimension):
            return torch.empty_strided(model.size(), model.stride(), dtype=model.dtype, device=model.device).copy_(x)
    return x.as_strided(model.size(), model.stride())


class Optimizers(nn.Module):
    """Gradients as one list, which the other methods apply to a list of parameters in place."""

    @torch.jit.export
    def gradients(self, loss: Tensor, params: List[Tensor]) -> List[Tensor]:
        # not backward(), which would copy each into a .grad that then has to be cleared
        gradients: List[Tensor] = []
        for gradient in torch.autograd.grad([loss], params):
            assert gradient is not None
            gradients.append(gradient)
        return gradients

    @torch.jit.export
    def laid_out(self, gradients: List[Tensor], params: List[Tensor]) -> List[Tensor]:
        return [laid_out_as(gradient, param.detach()) for gradient, param in zip(gradients, params)]

    @torch.jit.export
    def clip(self, gradients: List[Tensor], most: float) -> None:
        # torch.nn.utils.clip_grad_norm_, whose coefficient stays on the device
        with torch.no_grad():
            norm = torch.linalg.vector_norm(torch.stack(torch._foreach_norm(gradients, 2.0)))
            torch._foreach_mul_(gradients, torch.clamp(most / (norm + 1e-6), max=1.0))

    @torch.jit.export
    def sgd(self, params: List[Tensor], gradients: List[Tensor], buffers: List[Tensor], lr: float, momentum: float,
            weight_decay: float) -> None:
        none: List[Tensor] = []
        with torch.no_grad():
            torch._fused_sgd_(params, gradients, buffers if momentum != 0.0 else none, weight_decay=weight_decay,
                              momentum=momentum, lr=lr, dampening=0.0, nesterov=False, maximize=False, is_first_step=False)

    @torch.jit.export
    def adam(self, params: List[Tensor], gradients: List[Tensor], means: List[Tensor], squares: List[Tensor], step: Tensor,
             lr: float, weight_decay: float, decoupled: bool) -> None:
        steps = [step for _ in params]
        with torch.no_grad():
            step.add_(1)
            if decoupled:
                torch._fused_adamw_(params, gradients, means, squares, [], steps, lr=lr, beta1=0.9, beta2=0.999,
                                    weight_decay=weight_decay, eps=1e-8, amsgrad=False, maximize=False)
            else:
                torch._fused_adam_(params, gradients, means, squares, [], steps, lr=lr, beta1=0.9, beta2=0.999,
                                   weight_decay=weight_decay, eps=1e-8, amsgrad=False, maximize=False)


if __name__ == "__main__":
    torch.jit.script(Optimizers()).save(Path(sys.argv[1]) / "optimizers.pt")
