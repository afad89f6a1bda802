#!/usr/bin/env python3
"""Draws whole validations as bars: versus_plot.py versus.json versus.svg.

One panel for each algorithm, fastest on top, jotgate in blue. Bars that are much longer than the others are cut; every
bar says its time.
"""

import json
import sys
from html import escape

COLUMNS = 3
PANEL, NAMES, BARS, ROW, GAP = 490, 178, 208, 22, 34
MARGIN, HEAD, TITLE = 24, 84, 48
# A bar ends at so many times the time of the best peer.
LONGEST = 2
OURS, OURS_BEST, PEER, BEST_PEER = "#9db8ea", "#2457c5", "#c9ccd1", "#878d96"


def main():
    source, target = sys.argv[1:]
    with open(source, encoding="utf-8") as file:
        measurements = [one for one in json.load(file) if one["work"] == "validate"]
    panels = {}
    for one in measurements:
        panels.setdefault(one["algorithm"], []).append(one)
    with open(target, "w", encoding="utf-8") as file:
        file.write(picture(panels))


def picture(panels):
    names = list(panels)
    lines = [names[at : at + COLUMNS] for at in range(0, len(names), COLUMNS)]
    parts, top = [], HEAD
    for line in lines:
        for column, name in enumerate(line):
            parts += panel(name, panels[name], MARGIN + column * PANEL, top)
        top += TITLE + ROW * max(len(panels[name]) for name in line) + GAP
    width = MARGIN + PANEL * min(COLUMNS, len(names))
    head = [
        text(MARGIN, 34, "Whole validation of a token, six keys preloaded", size=20, weight="bold"),
        text(MARGIN, 58, "Microseconds of processor time, minimum: shorter is better. "
             "jotgate/BACKEND/TABLE in blue, other libraries in grey. "
             f"Bars end at {LONGEST} times the fastest of these. Machine, date and details: VERSUS.md."),
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {top}" width="{width}" height="{top}" '
        'font-family="Helvetica, Arial, sans-serif">\n'
        f'<rect width="{width}" height="{top}" fill="white"/>\n' + "\n".join(head + parts) + "\n</svg>\n"
    )


def panel(name, measurements, left, top):
    rows = sorted(measurements, key=lambda one: one["min_ns"])
    is_ours = lambda one: one["subject"].startswith("jotgate/")
    own_best = next((one for one in rows if is_ours(one)), None)
    best_peer = next((one for one in rows if not is_ours(one)), None)
    best = (best_peer or rows[0])["min_ns"]
    parts = [text(left, top + 24, name, size=14, weight="bold")]
    if own_best and best_peer:
        factor = best / own_best["min_ns"]
        claim = f"jotgate: {factor:.1f} times as fast as the fastest other"
        if factor < 1:
            claim = f"jotgate: {1 / factor:.1f} times the time of the fastest other"
        parts.append(text(left + NAMES, top + 24, claim))
    for index, one in enumerate(rows):
        y = top + TITLE - 10 + index * ROW
        ours = is_ours(one)
        color = (OURS_BEST if one is own_best else OURS) if ours else (BEST_PEER if one is best_peer else PEER)
        share = one["min_ns"] / (LONGEST * best)
        length = max(1.5, BARS * min(1, share))
        parts.append(text(left + NAMES - 8, y + 15, one["subject"], anchor="end", weight="bold" if ours else "normal"))
        parts.append(f'<rect x="{left + NAMES}" y="{y + 3}" width="{length:.1f}" height="{ROW - 6}" fill="{color}"/>')
        if share > 1:
            parts.append(cut(left + NAMES + length - 14, y))
        parts.append(text(left + NAMES + length + 6, y + 15, micros(one["min_ns"])))
    return parts


def cut(x, y):
    """A white slash: the bar goes on."""
    return f'<path d="M{x:.1f} {y + ROW} l5 {-ROW} h4 l-5 {ROW} z" fill="white"/>'


def micros(nanoseconds):
    value = nanoseconds / 1000
    return f"{value:.1f}" if value < 100 else f"{value:,.0f}"


def text(x, y, content, size=12, anchor="start", weight="normal"):
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" text-anchor="{anchor}" font-weight="{weight}" '
        f'fill="#1b1f24">{escape(content)}</text>'
    )


if __name__ == "__main__":
    main()
