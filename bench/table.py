"""An epoch of a perceptron on a table, in PyTorch with its tensors in memory, beside the service's.

    python bench/table.py FOLDER [THREADS]

writes FOLDER/million.csv, 1,000,000 rows of 29 numbers and a label, and prints the seconds of five epochs. For the service, put the
file into initlab-data/datasets and post

    {"dataset": {"name": "table", "path": "million.csv", "label": "y"}, "trials": 1, "biasInits": [{"type": "default"}],
     "training": {"epochs": 5, "batchSize": 2048, "optimizer": {"type": "adam", "learningRate": 0.001}}}

whose metrics have trainSeconds.
"""
import sys
import time
from pathlib import Path

import numpy as np
import torch

ROWS, FEATURES, BATCH, TRAIN = 1_000_000, 29, 2048, 800_000
torch.set_num_threads(int(sys.argv[2]) if len(sys.argv) > 2 else 1)
random = np.random.default_rng(0)
x = random.standard_normal((ROWS, FEATURES)).astype(np.float32).round(5)
y = (x[:, 0] + random.standard_normal(ROWS) / 2 > 2).astype(np.float32)
path = Path(sys.argv[1]) / "million.csv"
if not path.exists():
    names = [f"x{i}" for i in range(FEATURES)] + ["y"]
    np.savetxt(path, np.column_stack([x, y]), ["%.5f"] * FEATURES + ["%d"], ",", header=",".join(names), comments="")

features, labels = torch.from_numpy(x[:TRAIN]), torch.from_numpy(y[:TRAIN])
network = torch.nn.Sequential(torch.nn.Linear(FEATURES, 16), torch.nn.ReLU(), torch.nn.Linear(16, 1))
optimizer = torch.optim.Adam(network.parameters(), 1e-3, fused=True)
loss = torch.nn.BCEWithLogitsLoss()
for epoch in range(5):
    start = time.time()
    order = torch.randperm(TRAIN)
    for at in range(0, TRAIN, BATCH):
        rows = order[at:at + BATCH]
        optimizer.zero_grad()
        loss(network(features[rows]).view(-1), labels[rows]).backward()
        optimizer.step()
    print(f"epoch {epoch + 1}: {time.time() - start:.2f} s")
