"""Writes state_dicts.json: a hash of the names, types and shapes of PyTorch's state_dict() of the classifiers that the runs of
NetworkRunsEqualPyTorchTest and ModuleRunsEqualPyTorchTest train, which their weights.safetensors has to have.

Run with golden.py's folder and this one on PYTHONPATH. A module of ../modules is as torch.jit.load gives it, behind "backbone." and
with a Linear on top where it returns features.
"""
import hashlib
import json
import pathlib
import tvshim
import torch
from collections import OrderedDict
from golden import Net
from replaced import replaced

TYPES = {torch.float32: "F32", torch.int64: "I64", torch.bool: "BOOL", torch.uint8: "U8"}
NETWORKS = [("resnet18", "on_logits"), ("mobilenet_v3_small", "on_logits"), ("convnext_tiny", "on_logits"), ("resnet18", "replace"),
            ("mobilenet_v3_small", "replace")]


def outline(state):
    lines = sorted(f"{name} {TYPES[t.dtype]} {'x'.join(map(str, t.shape))}" for name, t in state.items())
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def main():
    here = pathlib.Path(__file__).parent
    hashes = {}
    for architecture, head in NETWORKS:
        net = replaced(architecture)[0] if head == "replace" else Net(architecture)
        hashes[f"{architecture} {head}"] = outline(net.state_dict())
    for name, head in [("logit", False), ("features", True), ("tied", False)]:
        module = torch.jit.load(str(here / "../modules" / f"{name}.pt"))
        if head:
            module = torch.nn.Sequential(OrderedDict(backbone=module, output=torch.nn.Linear(3, 1)))
        hashes[name] = outline(module.state_dict())
    (here / "state_dicts.json").write_text(json.dumps({"torch": torch.__version__, "sha256": hashes}, indent=1) + "\n")


if __name__ == "__main__":
    main()
