"""Makes the files beside it: what torch.save writes, and in expected.json what PyTorch reads from them.

Run in this folder with PyTorch 2: python make_weights.py
"""
import json
from collections import OrderedDict

import torch
from torch import nn

torch.manual_seed(0)
expected = {}


def save(file, obj, tensors, **options):
    torch.save(obj, file, **options)
    expected[file] = {
        name: {"shape": list(t.shape), "values": t.detach().to(torch.float32).reshape(-1).tolist()}
        for name, t in tensors.items()
    }


every_dtype = OrderedDict(
    double=torch.tensor([1 / 3, -1e30], dtype=torch.float64),
    float=torch.tensor([[1 / 3, -0.0], [1e-45, 3e38]]),
    half=torch.tensor([1.5, -0.0, 6e-8, -65504.0, 6.1e-5], dtype=torch.float16),
    bfloat16=torch.tensor([1.5, -3e38, 1e-40], dtype=torch.bfloat16),
    long=torch.tensor([-(2**62), 2**53 + 1, 7]),
    int=torch.tensor([-(2**31), 16777217], dtype=torch.int32),
    short=torch.tensor([-32768, 32767], dtype=torch.int16),
    char=torch.tensor([-128, 127], dtype=torch.int8),
    byte=torch.tensor([0, 255], dtype=torch.uint8),
    bool=torch.tensor([True, False, True]),
    scalar=torch.tensor(2.5),
    empty=torch.zeros(0, 3),
)
base = torch.arange(24.0)
views = OrderedDict(
    transposed=base.view(4, 6).t(),
    other=torch.ones(2),
    expanded=base[3:6].view(3, 1).expand(3, 4),
    stepped=base[1::5],
    permuted=base.view(2, 3, 4).permute(2, 0, 1),
    channels_last=torch.arange(48.0).view(2, 3, 2, 4).contiguous(memory_format=torch.channels_last),
)
for form, zipped in [("zip", True), ("legacy", False)]:
    for protocol in [2, 4]:
        options = dict(_use_new_zipfile_serialization=zipped, pickle_protocol=protocol)
        save(f"dtypes_{form}_{protocol}.pth", every_dtype, every_dtype, **options)
    save(f"views_{form}.pth", views, views, _use_new_zipfile_serialization=zipped)

model = nn.Sequential(nn.Conv2d(3, 2, 1), nn.BatchNorm2d(2), nn.Linear(2, 1))
adam = torch.optim.AdamW(model.parameters())
schedule = torch.optim.lr_scheduler.StepLR(adam, 3)
model(torch.ones(2, 3, 2, 2)).sum().backward()
adam.step()
kept = {name: t for name, t in model.state_dict().items() if not name.endswith("num_batches_tracked")}
checkpoint = {
    "epoch": 3,
    "best": 0.75,
    "note": "näme",
    "big": 2**70,
    "flags": [True, False, None, (1, -2, 70000)],
    "optimizer": adam.state_dict(),
    "schedule": schedule.state_dict(),
}
save("checkpoint_zip.pth", {**checkpoint, "model": model.state_dict()}, kept)
parallel = OrderedDict((f"module.{name}", t) for name, t in model.state_dict().items())
save("parallel_legacy.pth", {**checkpoint, "state_dict": parallel}, kept, _use_new_zipfile_serialization=False)
save("parameters_zip.pth", {"model_state_dict": dict(model.named_parameters())}, dict(model.named_parameters()))

json.dump(expected, open("expected.json", "w"), indent=1)
torch.save(nn.Linear(2, 1), "whole_module.pth")
