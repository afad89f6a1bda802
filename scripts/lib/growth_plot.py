#!/usr/bin/env python3
"""Draws how the time of a check grows: growth_plot.py growth.json growth.svg.

One panel for each question; time from 0, what grows in steps of a factor where it spans more than a factor of 30.
"""

import json
import math
import sys

from versus_plot import text

PANEL, PLOT, HEIGHT, GAP = 470, 350, 260, 40
MARGIN, HEAD, LEFT, LEGEND = 24, 84, 60, 20
COLORS = ("#2457c5", "#c4622d", "#2f8f5b", "#7a4fb5")


def main():
    source, target = sys.argv[1:]
    with open(source, encoding="utf-8") as file:
        questions = json.load(file)
    width = MARGIN + PANEL * len(questions)
    most = max(len(question["lines"]) for question in questions)
    height = HEAD + 30 + HEIGHT + 50 + LEGEND * most + GAP
    parts = [
        text(MARGIN, 34, "How the time of a check grows", size=20, weight="bold"),
        text(MARGIN, 58, "Processor time, minimum. Machine, date and details: GROWTH.md."),
    ]
    for column, question in enumerate(questions):
        parts += panel(question, MARGIN + column * PANEL)
    with open(target, "w", encoding="utf-8") as file:
        file.write(
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" '
            f'height="{height}" font-family="Helvetica, Arial, sans-serif">\n'
            f'<rect width="{width}" height="{height}" fill="white"/>\n' + "\n".join(parts) + "\n</svg>\n"
        )


def panel(question, left):
    points = [point for line in question["lines"] for point in line["points"]]
    low, high = min(at for at, *_ in points), max(at for at, *_ in points)
    top, steps = nice(max(least for _, least, _ in points))
    unit, divisor = ("us", 1000) if top >= 2000 else ("ns", 1)
    logarithmic = high / low > 30
    scale = math.log if logarithmic else float
    x0, y0 = left + LEFT, HEAD + 30 + HEIGHT

    def x(at):
        return x0 + PLOT * (scale(at) - scale(low)) / (scale(high) - scale(low))

    def y(nanoseconds):
        return y0 - HEIGHT * nanoseconds / top

    parts = [text(left, HEAD + 8, question["title"], size=14, weight="bold")]
    for step in range(steps + 1):
        value = top * step / steps
        parts.append(f'<path d="M{x0} {y(value):.1f} h{PLOT}" stroke="#e3e5e8"/>')
        parts.append(text(x0 - 8, y(value) + 4, f"{value / divisor:g} {unit}", anchor="end"))
    ticks = sorted({at for at, *_ in question["lines"][0]["points"]})
    last = -math.inf
    for at in ticks:
        if x(at) - last > 40:
            parts.append(text(x(at), y0 + 18, f"{at:,}", anchor="middle", size=11))
            last = x(at)
    parts.append(text(x0 + PLOT / 2, y0 + 38, question["over"], anchor="middle"))
    for number, line in enumerate(question["lines"]):
        color = COLORS[number % len(COLORS)]
        places = [(x(at), y(least)) for at, least, _ in line["points"]]
        path = " L".join(f"{a:.1f} {b:.1f}" for a, b in places)
        parts.append(f'<path d="M{path}" fill="none" stroke="{color}" stroke-width="2"/>')
        parts += [f'<circle cx="{a:.1f}" cy="{b:.1f}" r="3" fill="{color}"/>' for a, b in places]
        row = y0 + 66 + number * LEGEND
        parts.append(f'<path d="M{x0} {row - 4} h24" stroke="{color}" stroke-width="3"/>')
        parts.append(text(x0 + 32, row, line["name"]))
    return parts


def nice(highest):
    """The end of the scale at or above a value, and how many steps it has."""
    magnitude = 10 ** math.floor(math.log10(highest))
    for end, steps in ((1, 5), (1.5, 3), (2, 4), (2.5, 5), (3, 3), (4, 4), (5, 5), (6, 3), (8, 4), (10, 5)):
        if highest <= end * magnitude:
            return end * magnitude, steps
    raise AssertionError("ten times the magnitude is above every value")


if __name__ == "__main__":
    main()
