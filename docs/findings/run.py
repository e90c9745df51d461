#!/usr/bin/env python3
"""Posts the specs beside it to a service, waits, and writes their pictures and the tables of ../findings.md.

usage: run.py [URL [SPEC...]]

URL is the service (default http://localhost:8080); with SPECs, such as table-focal, only these are done. What is there already under
its name is not posted again.
"""

import json
import pathlib
import re
import sys
import time
import urllib.parse
import urllib.request

HERE = pathlib.Path(__file__).parent
PAGE = HERE.parent / "findings.md"
SERVICE = sys.argv[1] if len(sys.argv) > 1 else "http://localhost:8080"
WANTED = sys.argv[2:]
NAMES = {"loss": "loss", "objective": "objective", "rocAuc": "ROC-AUC"}


def call(path, body=None):
    request = urllib.request.Request(SERVICE + path, body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request) as answer:
        return answer.read()


def get(path):
    return json.loads(call(path))


def submitted(kind, name, body):
    found = get(f"/{kind}?name={urllib.parse.quote(name)}")["content"]
    same = [one for one in found if one["name"] == name]
    return same[0]["links"]["self"] if same else json.loads(call(f"/{kind}", body))["links"]["self"]


def finished(path):
    while (state := get(path)["state"]) not in ("SUCCEEDED", "FAILED", "CANCELLED"):
        time.sleep(5)
    if state != "SUCCEEDED":
        sys.exit(f"{path} is {state}")
    return path


def number(value):
    return "" if value is None else f"{value:.3g}" if abs(value) < 0.1 else f"{value:.3f}"


def interval(difference):
    return f"{difference['mean']:+.2g} ({difference['ciLow']:+.2g} to {difference['ciHigh']:+.2g})"


def row(cells):
    return "| " + " | ".join(cells) + " |"


def shown(path):
    """The objective is worth showing where it is not the loss itself."""
    plain = get(path)["spec"]["training"]["loss"] == {"type": "bce", "positiveWeight": 1.0, "labelSmoothing": 0.0}
    return ["loss", "rocAuc"] if plain else ["loss", "objective", "rocAuc"]


def verdicts(path, metrics):
    """A row for each arm: where it starts, where it ends, and the verdicts."""
    by = {metric: get(f"{path}/comparison?metric={metric}") for metric in metrics}
    lines = [
        row(
            ["arm"]
            + [f"{NAMES[m]} before, after" for m in metrics[:-1]]
            + ["ROC-AUC after"]
            + [f"{NAMES[m]}: difference, verdict" for m in metrics]
        ),
        row(["---"] * (2 * len(metrics) + 1)),
    ]
    for arm, summary in {arm["arm"]: arm["summary"] for arm in get(path + "/metrics")["arms"]}.items():
        cells = [f"`{arm}`"]
        for metric in metrics[:-1]:
            cells.append(f"{number(summary[0][metric]['mean'])}, {number(summary[-1][metric]['mean'])}")
        cells.append(number(summary[-1]["rocAuc"]["mean"]))
        for metric in metrics:
            compared = [one for one in by[metric]["arms"] if one["arm"] == arm]
            cells.append(
                f"{interval(compared[0]['epochs'][-1][metric])} {compared[0]['verdict']['code']}" if compared else ""
            )
        lines.append(row(cells))
    return "\n".join(lines)


def grid(path):
    """The map as a table: loss and ROC-AUC by point."""
    maps = {metric: get(f"{path}/map?metric={metric}") for metric in ("loss", "rocAuc")}
    axes = [axis["pointer"].rsplit("/", 1)[1] for axis in maps["loss"]["axes"]]
    lines = [row(axes + ["loss: difference, verdict", "ROC-AUC: difference, verdict"]), row(["---"] * (len(axes) + 2))]
    for loss, area in zip(maps["loss"]["points"], maps["rocAuc"]["points"]):
        lines.append(
            row(
                [str(value) for value in loss["values"]]
                + [f"{interval(point['difference'])} {point['verdict']}" for point in (loss, area)]
            )
        )
    return "\n".join(lines)


def picture(name, path):
    for theme in ("light", "dark"):
        (HERE / f"{name}-{theme}.svg").write_bytes(call(f"{path}&theme={theme}"))


def main():
    page = PAGE.read_text()
    for file in sorted(HERE.glob("*.json")):
        if WANTED and file.stem not in WANTED:
            continue
        body = file.read_bytes()
        spec = json.loads(body)
        if "axes" in spec:
            path = finished(submitted("studies", spec["name"], body))
            table = grid(path)
            drawing = "map.svg?height=440" if len(spec["axes"][1]["values"]) < 3 else "map.svg?"
        else:
            path = finished(submitted("experiments", spec["name"], body))
            table = verdicts(path, shown(path))
            drawing = "curves.svg?metric=" + ",".join(shown(path))
        marker = f"<!-- {file.stem} -->"
        page, found = re.subn(
            f"{re.escape(marker)}\n.*?{re.escape('<!-- end -->')}",
            lambda _: f"{marker}\n{table}\n<!-- end -->",
            page,
            flags=re.S,
        )
        if not found:
            print(f"{PAGE.name} has no place for {file.stem}", file=sys.stderr)
        if f"{HERE.name}/{file.stem}-light.svg" in page:
            picture(file.stem, f"{path}/{drawing}")
        print(file.stem, path)
    PAGE.write_text(page)


if __name__ == "__main__":
    main()
