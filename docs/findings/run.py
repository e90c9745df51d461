#!/usr/bin/env python3
"""Posts the specs beside it to a service, waits, and writes their pictures and the tables of ../findings.md.

usage: run.py [URL]    (default http://localhost:8080; experiments that are there already under their name are not posted again)
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


def verdicts(path):
    """A row for each arm: where it starts, where it ends, and the verdicts on loss and ROC-AUC."""
    summaries = {arm["arm"]: arm["summary"] for arm in get(path + "/metrics")["arms"]}
    objective = get(path)["spec"]["training"]["loss"] != {"type": "bce", "positiveWeight": 1.0, "labelSmoothing": 0.0}
    by = {metric: get(f"{path}/comparison?metric={metric}") for metric in ("loss", "objective", "rocAuc")}
    shown = ["loss", "objective", "rocAuc"] if objective else ["loss", "rocAuc"]
    names = {"loss": "loss", "objective": "objective", "rocAuc": "ROC-AUC"}
    lines = [
        row(["arm", "loss before, after", "ROC-AUC after"] + [f"{names[m]}: difference, verdict" for m in shown]),
        row(["---"] * (3 + len(shown))),
    ]
    for arm, summary in summaries.items():
        cells = [
            f"`{arm}`",
            f"{number(summary[0]['loss']['mean'])}, {number(summary[-1]['loss']['mean'])}",
            number(summary[-1]["rocAuc"]["mean"]),
        ]
        for metric in shown:
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
        body = file.read_bytes()
        spec = json.loads(body)
        kind = "studies" if "axes" in spec else "experiments"
        path = finished(submitted(kind, spec["name"], body))
        table = grid(path) if kind == "studies" else verdicts(path)
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
            picture(file.stem, path + ("/map.svg?" if kind == "studies" else "/curves.svg?metric=loss,rocAuc"))
        print(file.stem, path)
    PAGE.write_text(page)


if __name__ == "__main__":
    main()
