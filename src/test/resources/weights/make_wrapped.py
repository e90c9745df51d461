"""Makes wrapped/: what everyday training scripts save of one small network, and in its expected.json the tensors of each.

Run in this folder with PyTorch 2 and numpy: python make_wrapped.py
"""
import argparse
import collections
import datetime
import enum
import functools
import json
import pathlib
import pickle
import sys
import types
from pathlib import Path

import numpy
import torch
from torch import nn
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

OUT = Path("wrapped")
OUT.mkdir(exist_ok=True)
torch.manual_seed(0)


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.features = nn.Sequential(nn.Conv2d(1, 2, 1), nn.BatchNorm2d(2))
        self.classifier = nn.Linear(2, 2)


class Reference(nn.Module):
    def __init__(self, backbone, output):
        super().__init__()
        self.backbone = backbone
        self.output = output


class Color(enum.Enum):
    RED = 1


class Attributes(dict):
    """As Lightning's AttributeDict."""


def compiled(module):
    return torch._dynamo.OptimizedModule(module, lambda f: f)


def user_code(module, *classes):
    """Puts classes into a module that no reader has."""
    for name in [module.split(".")[0], module]:
        sys.modules[name] = types.ModuleType(name)
    for cls in classes:
        cls.__module__ = module
        setattr(sys.modules[module], cls.__name__, cls)


user_code("my_project.config", Color, Attributes)
net = Net()
output = nn.Linear(2, 1)
reference = Reference(net, output)
weights = net.state_dict()
kept = {name: t for name, t in weights.items() if not name.endswith("num_batches_tracked")}
head = {name: t for name, t in reference.state_dict().items() if not name.endswith("num_batches_tracked")}
optimizer = torch.optim.AdamW(net.parameters())
scheduler = torch.optim.lr_scheduler.StepLR(optimizer, 3)
net.features[0].weight.grad = torch.ones_like(net.features[0].weight)
optimizer.step()
ema = AveragedModel(net, multi_avg_fn=get_ema_multi_avg_fn(0.5))
with torch.no_grad():
    for p in ema.parameters():
        p.add_(1)
averaged = {n: t for n, t in ema.module.state_dict().items() if not n.endswith("num_batches_tracked")}
arguments = argparse.Namespace(lr=0.1, data_path=pathlib.PurePosixPath("/data"), sync=False)
everything = {
    "namespace": arguments,
    "float64": numpy.float64(0.75),
    "float32": numpy.float32(0.75),
    "array": numpy.arange(3.0),
    "words": numpy.array(["a", None], dtype=object),
    "dtype": numpy.dtype("f4"),
    "path": pathlib.PurePosixPath("/a/b"),
    "enum": Color.RED,
    "partial": functools.partial(print, 1, sep=""),
    "when": datetime.datetime(2024, 1, 2, 3, 4),
    "zone": datetime.timezone.utc,
    "set": {1, 2},
    "frozen": frozenset([1]),
    "bytes": b"\x00\xff" * 200,
    "bytearray": bytearray(b"abc"),
    "huge": 2**3000,
    "complex": 1j,
    "counter": collections.Counter("abc"),
    "default": collections.defaultdict(list, a=[1]),
    "deque": collections.deque([1, 2], maxlen=3),
    "attributes": Attributes(a=1),
    "function": torch.nn.functional.relu,
    "type": nn.Conv2d,
    "keys": {(1, 2): 3, 2.5: 1, None: 2, 2**40: 5, True: 6, Color.RED: 7},
    "device": torch.device("cpu"),
    "torch_dtype": torch.float16,
    "size": torch.Size([1, 2]),
    "rng": torch.get_rng_state()[:8].clone(),
    "numpy_rng": {"state": numpy.random.PCG64(1).state},
    "complex_tensor": torch.zeros(2, dtype=torch.complex64),
    "sparse": torch.eye(2).to_sparse(),
    "quantized": torch.quantize_per_tensor(torch.ones(2), 0.1, 0, torch.qint8),
    "numpy_in_list": [numpy.int64(3), (numpy.bool_(True),)],
}
itself = []
itself.append((itself, 1))
everything["itself"] = itself
tensors_of = {"weights": kept, "averaged": averaged, "head": head}
files = {}


def save(file, obj, tensors="weights", **options):
    torch.save(obj, OUT / file, **options)
    files[file] = tensors


def prefixed(prefix, tensors=weights):
    return collections.OrderedDict((prefix + name, t) for name, t in tensors.items())


save("compiled.pth", compiled(net).state_dict())
save("compiled_parallel.pth", compiled(nn.DataParallel(net)).state_dict())
save("parallel_compiled.pt", nn.DataParallel(compiled(net)).state_dict())
save("ema.pth", ema.state_dict(), "averaged")
save("ema_compiled.pth", compiled(ema).state_dict(), "averaged")
save("ema_of_compiled_parallel.bin", AveragedModel(compiled(nn.DataParallel(net))).state_dict())
save("reference_compiled.pth", compiled(reference).state_dict(), "head")
save("reference_parallel_backbone.pth", Reference(nn.DataParallel(net), output).state_dict(), "head")
save("reference_compiled_backbone.pth", Reference(compiled(net), output).state_dict(), "head")
save("part_compiled", {n.replace("features.", "features._orig_mod."): t for n, t in weights.items()})
lightning = {
    "epoch": 3,
    "global_step": 30,
    "pytorch-lightning_version": "2.2.0",
    "state_dict": {**prefixed("model."), "criterion.pos_weight": torch.ones(1)},
    "callbacks": {"ModelCheckpoint{'monitor': None}": {"best_model_score": torch.tensor(0.5)}},
    "optimizer_states": [optimizer.state_dict()],
    "lr_schedulers": [scheduler.state_dict()],
    "hparams_name": "kwargs",
    "hyper_parameters": Attributes(lr=0.1, args=arguments),
}
save("lightning.ckpt", lightning)
save("lightning_fabric.ckpt", {"state_dict": prefixed("_forward_module.net.")})
save("lightning_ema.ckpt", {**lightning, "callbacks": {"EMA": {"ema_state_dict": prefixed("model.", ema.module.state_dict())}}})
torchvision = {
    "model": weights,
    "optimizer": optimizer.state_dict(),
    "lr_scheduler": scheduler.state_dict(),
    "epoch": 3,
    "args": arguments,
    "model_ema": ema.state_dict(),
    "scaler": {"scale": 65536.0, "growth_factor": 2.0},
}
for form, zipped in [("zip", True), ("legacy", False)]:
    save(f"torchvision_{form}.pth", torchvision, _use_new_zipfile_serialization=zipped)
save("imagenet_example.pth.tar", {"epoch": 1, "arch": "net", "state_dict": prefixed("module."), "best_acc1": numpy.float64(0.5)})
save("ema_only.pth", {"args": arguments, "model_ema": ema.state_dict()}, "averaged")
save("another_name.pth", {"generator": {"params": weights}, "discriminator": {"a": torch.ones(3)}})
save("fits_elsewhere.pth", {"model": {f"layer{i}": torch.ones(2) for i in range(20)}, "student": weights})
save("average_first.pth", {"ema": ema.module.state_dict(), "params": weights})
save("pair.pt", (weights, optimizer.state_dict()))
save("in_a_dict_subclass.pth", Attributes(state_dict=Attributes(weights)))
for protocol in [2, 3, 4, 5]:
    save(f"everything_{protocol}.pth", {**everything, "model": weights}, pickle_protocol=protocol)
legacy = {k: v for k, v in everything.items() if k not in ("complex_tensor", "quantized")}
save("everything_legacy.pth", {**legacy, "model": weights}, _use_new_zipfile_serialization=False)
tagged = nn.Parameter(net.classifier.weight.detach().clone())
tagged.tag = "mine"
plain = torch.Tensor(net.classifier.bias.detach().clone())
plain.tag = "mine"
save("tagged.pth", {**weights, "classifier.weight": tagged, "classifier.bias": plain})

# numpy moved its modules with version 2
class OldNumpy:
    """A pickle module that writes numpy 1's names."""

    @staticmethod
    def dump(obj, file, protocol):
        file.write(pickle.dumps(obj, protocol).replace(b"numpy._core.", b"numpy.core."))

    class Pickler(pickle._Pickler):
        def save_global(self, obj, name=None):
            if obj.__module__ == "numpy._core.multiarray":
                self.write(pickle.GLOBAL + f"numpy.core.multiarray\n{obj.__name__}\n".encode())
            else:
                super().save_global(obj, name)

        dispatch = dict(pickle._Pickler.dispatch)
        dispatch[types.FunctionType] = save_global
        dispatch[types.BuiltinFunctionType] = save_global


save("numpy1.pth", {"best_acc": numpy.float64(0.5), "history": numpy.arange(2.0), "model": weights}, pickle_module=OldNumpy)
save("numpy2.pth", {"best_acc": numpy.float64(0.5), "history": numpy.arange(2.0), "model": weights})
assert b"numpy.core." in (OUT / "numpy1.pth").read_bytes() and b"numpy._core." in (OUT / "numpy2.pth").read_bytes()


def safetensors(file, tensors):
    """The format is a length, a JSON header and the bytes."""
    header, data = {}, b""
    for n, t in tensors.items():
        raw = t.detach().contiguous().numpy().tobytes()
        dtype = {torch.float32: "F32", torch.int64: "I64"}[t.dtype]
        header[n] = {"dtype": dtype, "shape": list(t.shape), "data_offsets": [len(data), len(data) + len(raw)]}
        data += raw
    text = json.dumps(header).encode()
    (OUT / file).write_bytes(len(text).to_bytes(8, "little") + text + data)


safetensors("compiled.safetensors", compiled(net).state_dict())
files["compiled.safetensors"] = "weights"
safetensors("ema_named_wrongly.pth", ema.state_dict())
files["ema_named_wrongly.pth"] = "averaged"
expected = {
    kind: {
        n: {"shape": list(t.shape), "values": t.detach().to(torch.float32).reshape(-1).tolist()}
        for n, t in tensors.items()
    }
    for kind, tensors in tensors_of.items()
}
json.dump({"files": files, "tensors": expected}, open(OUT / "expected.json", "w"), indent=1)

# refused, with words
user_code("my_project.models", Net)
torch.save(net, OUT / "whole.bin")
torch.save(nn.Flatten(), OUT / "whole_legacy.bin", _use_new_zipfile_serialization=False)
torch.save({"model": net, "epoch": 1}, OUT / "module_in_dict.pt")
torch.save({"model": {**weights, "classifier.bias": numpy.zeros(2)}}, OUT / "numpy_for_a_tensor.pth")
