"""Writes table_train.csv, table_test.csv and table.json: what pandas and scikit-learn make of the files, and a perceptron's losses.

The features in order: numbers (amount by ln(x + 0.001)) by StandardScaler, missing as 0, clipped to +-2; texts and booleans
by OneHotEncoder(handle_unknown="ignore"). Weights by the formula in efficientnet.json (golden.py) at gain 1, salt "table/",
under the names of mlp.py. Run with golden.py's folder on PYTHONPATH.
"""
import csv
import json
import tvshim
import numpy as np
import pandas as pd
import sklearn
import torch
from golden import fill, sym
from sklearn.preprocessing import OneHotEncoder, StandardScaler
from torch import nn
from torch.nn.functional import binary_cross_entropy_with_logits as bce

ROWS = {"train": 80, "test": 40}
HEADER = ["age", "amount", "big", "city", "fraud", "member", "always", "empty", "note, or \"none\""]
NUMBERS, TEXTS = ["age", "amount", "big", "always", "empty"], ["city", "member", "note, or \"none\""]
GAPS = ["", "NA", "NaN", "null", "<NA>", "n/a", "#N/A", "None"]
CITIES = ["Zürich", "Bern", "bern", "Ｗien", "\U0001f600", "", "Uri"]
CLIP, HIDDEN, RATE, EPOCHS, BIAS = 2.0, [6, 4], 0.1, 5, -1.0


def table(split):
    n = ROWS[split]
    u = {name: sym(f"table/{split}/{name}", n) for name in HEADER}
    rows = []
    for i in range(n):
        gap = lambda name, every: GAPS[i % len(GAPS)] if u[name][i] > every else None
        city = CITIES[int((u["city"][i] + 1) / 2 * (6 if split == "train" else 7))]
        rows.append([
            gap("age", 0.8) or f"{18 + 30 * (u['age'][i] + 1):.2f}",
            gap("amount", 0.9) or f"{np.exp(4 * u['amount'][i]) - 0.018:.4f}",
            gap("big", 0.7) or f" {1.6e9 + 1000 * u['big'][i]:.3e}" if i % 3 else f"{1.6e9 + 1000 * u['big'][i]:.3f}",
            city,
            "yes" if i % 5 == 0 else "no",
            ["True", "false", "TRUE"][i % 3],
            "0.1",
            GAPS[i % len(GAPS)],
            gap("note, or \"none\"", 0.5) or ["line\nbreak", 'say "hi"', "a,b"][i % 3],
        ])
    return rows


def write(split):
    with open(f"table_{split}.csv", "w", newline="", encoding="utf-8-sig" if split == "train" else "utf-8") as file:
        out = csv.writer(file, lineterminator="\r\n" if split == "train" else "\n")
        out.writerow(HEADER)
        out.writerows(table(split))


def features(train, test):
    for frame in (train, test):
        frame["amount"] = np.log(frame["amount"] + 0.001)
        frame["empty"] = frame["empty"].astype(float)
        frame["member"] = frame["member"].astype(str)
    scaler = StandardScaler().fit(train[NUMBERS].drop(columns="empty"))
    encoder = OneHotEncoder(handle_unknown="ignore", sparse_output=False).fit(train[TEXTS].astype(object))

    def transform(frame):
        numbers = pd.DataFrame(scaler.transform(frame[NUMBERS].drop(columns="empty")), columns=[c for c in NUMBERS if c != "empty"])
        numbers["empty"] = 0.0
        numbers = numbers.fillna(0.0).clip(-CLIP, CLIP)
        texts = encoder.transform(frame[TEXTS].astype(object))
        parts, at = {}, 0
        for name, values in zip(TEXTS, encoder.categories_):
            parts[name], at = texts[:, at:at + len(values)], at + len(values)
        return np.concatenate([numbers[[c]].to_numpy() if c in NUMBERS else parts[c] for c in HEADER if c != "fraud"], axis=1)

    columns = [{"name": c, "mean": m, "std": s} for c, m, s in
               zip(scaler.feature_names_in_, scaler.mean_.tolist(), np.sqrt(scaler.var_).tolist())]
    columns += [{"name": c, "values": [None if isinstance(v, float) else v for v in values]} for c, values in zip(TEXTS, encoder.categories_)]
    return transform(train), transform(test), columns


for name in ROWS:
    write(name)
train, test = pd.read_csv("table_train.csv"), pd.read_csv("table_test.csv")
labels = {split: torch.tensor((frame["fraud"] == "yes").to_numpy(np.float32)) for split, frame in (("train", train), ("test", test))}
xs, xt, columns = features(train, test)
x, t = (torch.from_numpy(a.astype(np.float32)) for a in (xs, xt))
layers, width = [], x.shape[1]
for wider in HIDDEN:
    layers += [nn.Linear(width, wider), nn.ReLU(), nn.Dropout(0.0)]
    width = wider
net = nn.Sequential(*layers, nn.Linear(width, 1))
fill(net, "table/", 1.0)
net[-1].bias.data.fill_(BIAS)
optimizer = torch.optim.SGD(net.parameters(), lr=RATE, momentum=0.9)
train_losses, test_losses = [], []
for epoch in range(EPOCHS + 1):
    if epoch:
        optimizer.zero_grad()
        loss = bce(net(x).view(-1), labels["train"])
        loss.backward()
        optimizer.step()
        train_losses.append(loss.item())
    with torch.no_grad():
        test_losses.append(bce(net(t).view(-1).double(), labels["test"].double()).item())
json.dump({"versions": {"pandas": pd.__version__, "sklearn": sklearn.__version__, "torch": torch.__version__},
           "clip": CLIP, "hidden": HIDDEN, "learningRate": RATE, "bias": BIAS, "columns": columns,
           "train": xs.tolist(), "test": xt.tolist(), "trainLosses": train_losses, "testLosses": test_losses,
           "lastBias": net[-1].bias.item()}, open("table.json", "w"), indent=None, separators=(",", ":"))
