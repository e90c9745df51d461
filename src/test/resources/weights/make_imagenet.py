"""Writes imagenet.json: the files and transforms of torchvision's weights, the default of each first.

Run in this folder with torchvision: python make_imagenet.py
"""
import json

from torchvision.models import get_model_weights

rows = []
for architecture in [f"efficientnet_b{i}" for i in range(8)] + ["resnet18", "resnet34", "resnet50"] + [
        "mobilenet_v3_small", "mobilenet_v3_large", "convnext_tiny"]:
    weights = get_model_weights(architecture)
    for entry in sorted(weights, key=lambda entry: entry != weights.DEFAULT):
        transform = entry.transforms()
        rows.append({
            "architecture": architecture,
            "url": entry.url,
            "resize": transform.resize_size[0],
            "interpolation": transform.interpolation.name,
            "crop": transform.crop_size[0],
        })
json.dump(rows, open("imagenet.json", "w"), indent=1)
