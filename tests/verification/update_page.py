#!/usr/bin/env python3
"""Writes the figures of docs/verification.md anew, from the output of the verification tests:

    build/release/tests/verification_tests > log
    tests/verification/update_page.py log build/release/tierworks

Rows are found by scenario and KPI; words, laws and exact values stay as they are. The table of costs comes from running
seed 1 of every scenario that the page names, one after the other on one thread. Fails if a row has no figure in the log,
or the log has a figure outside its interval.
"""
import json
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs/verification.md"
FIGURE = re.compile(r"^(\S+), seed (\d): ([\w@:]+) (\S+) \+- (\S+), exact (\S+)$")
KPI_ROW = re.compile(r"^\| (?:\[(\w+)\]\([^)]*\))? ?\| `([\w@:]+)` \| ([^|]*) \|")
CHAIN_ROW = re.compile(r"^\| (\d\d) \| (\d+) \| (\d+) \| ([\d.]+) \|")
SHOWN_COSTS = 6


def rounded(mean, half_width):
    """Two digits of the half-width, and the mean as far."""
    if half_width == 0:
        return f"{mean:.12g}", "0"
    places = max(0, 1 - int(f"{half_width:.1e}".split("e")[1]))
    return f"{mean:.{places}f}", f"{half_width:.{places}f}"


def figures(log):
    found = {}
    for line in log.read_text().splitlines():
        match = FIGURE.match(line.strip())
        if match:
            name, seed, kpi, mean, half, exact = match.groups()
            found[name, int(seed), kpi] = float(mean), float(half), float(exact)
    return found


def cell(found, name, seed, kpi):
    mean, half, _ = found[name, seed, kpi]
    return "{} ± {}".format(*rounded(mean, half))


def new_line(line, found, state):
    row = KPI_ROW.match(line)
    if row and line.count("|") == 7:
        state["scenario"] = row.group(1) or state["scenario"]
        name, kpi = state["scenario"], row.group(2)
        if (name, 1, kpi) in found and "±" in line:
            cells = [cell(found, name, seed, kpi) for seed in (1, 2, 3)]
            return f"{line[:row.end()]} {cells[0]} | {cells[1]} | {cells[2]} |"
    chain = CHAIN_ROW.match(line)
    if chain:
        name = "chain_" + chain.group(1)
        published = float(chain.group(4))
        means = [found[name, seed, "pipeline_stock"] for seed in (1, 2, 3)]
        off = max(abs(mean - published) for mean, _, _ in means) / published
        cells = [cell(found, name, seed, "pipeline_stock") for seed in (1, 2, 3)]
        return f"{line[:chain.end()]} {cells[0]} | {cells[1]} | {cells[2]} | {100 * off:.2f} % |"
    return line


def costs(command, names):
    rows = []
    for name in names:
        scenario = f"scenarios/catalogue/verification/{name}.yaml"
        out = subprocess.run([command, "run", scenario, "--seed", "1", "--threads", "1", "--json", "--quiet"], cwd=ROOT,
                             check=True, capture_output=True, text=True).stdout
        run = json.loads(out)["run"]
        rows.append((run["events"], run["cpu_seconds"], name))
    rows.sort(reverse=True)
    table = ["| scenario | events, M | CPU s | M events / CPU s |", "|---|---|---|---|"]
    table += [f"| {n} | {e / 1e6:.1f} | {c:.1f} | {e / c / 1e6:.1f} |" for e, c, n in rows[:SHOWN_COSTS]]
    events, seconds = sum(e for e, _, _ in rows), sum(c for _, c, _ in rows)
    table.append(f"| all {len(rows)} | {events / 1e6:.0f} | {seconds:.0f} | {events / seconds / 1e6:.1f} |")
    return table


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    found = figures(pathlib.Path(sys.argv[1]))
    for (name, seed, kpi), (mean, half, exact) in found.items():
        if abs(mean - exact) > half and half > 0 and not name.startswith("chain_"):
            print(f"outside its interval: {name}, seed {seed}: {kpi} {mean} +- {half}, exact {exact}")
    lines = PAGE.read_text().splitlines()
    state = {"scenario": ""}
    lines = [new_line(line, found, state) for line in lines]
    first = next(i for i, line in enumerate(lines) if line.startswith("| scenario | events, M |"))
    last = next(i for i in range(first, len(lines) + 1) if i == len(lines) or not lines[i].startswith("|"))
    names = sorted({name for name in re.findall(r"verification/(\w+)\.yaml\)", "\n".join(lines))})
    lines[first:last] = costs(str(pathlib.Path(sys.argv[2]).resolve()), names)
    PAGE.write_text("\n".join(lines) + "\n")


main()
