"""Contrast of the colours in static/css/tokens.css, computed as WCAG 2.2 does."""

import re
from pathlib import Path

import pytest

from config.static_files import PARTS

TOKENS = Path(__file__).resolve().parents[2] / "static" / "css" / "tokens.css"
PAIR = re.compile(r"--([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);")
COLOURS = {
    name: {"light": light, "dark": dark}
    for name, light, dark in PAIR.findall(TOKENS.read_text())
}

# What is written on what: body text to AAA.
TEXT = [
    *(
        (ink, ground)
        for ink in ("ink", "ink-soft", "accent", "accent-deep", "voice", "danger")
        for ground in ("paper", "tint", "sheet")
    ),
    ("ink", "accent-wash"),
    ("accent-deep", "accent-wash"),
    ("accent", "accent-wash"),
    ("on-accent", "accent"),
    ("on-accent", "accent-deep"),
    ("ink", "voice-wash"),
    ("voice", "voice-wash"),
    ("ink", "danger-wash"),
    ("accent", "danger-wash"),
    ("on-danger", "danger"),
    ("ink", "caution-wash"),
    ("accent", "caution-wash"),
    ("accent", "voice-wash"),
    ("caution", "caution-wash"),
    ("caution", "paper"),
]
# What a control or a shape is known by.
SHAPES = [
    ("edge", "paper"),
    ("edge", "sheet"),
    ("edge", "tint"),
    ("focus", "paper"),
    ("focus", "accent-wash"),
    ("accent", "paper"),
    ("danger", "danger-wash"),
    ("caution", "caution-wash"),
]


def luminance(colour: str) -> float:
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_computed_as_the_guidelines_do() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_every_colour_has_both_schemes() -> None:
    written = set(re.findall(r"--([a-z-]+): .*#", TOKENS.read_text()))

    assert len(COLOURS) > 15
    assert written == set(COLOURS)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), TEXT, ids="-on-".join)
def test_text_can_be_read_by_tired_eyes(ink: str, ground: str, scheme: str) -> None:
    assert contrast(COLOURS[ink][scheme], COLOURS[ground][scheme]) >= 7


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("shape", "ground"), SHAPES, ids="-on-".join)
def test_shapes_that_mean_something_are_seen(
    shape: str, ground: str, scheme: str
) -> None:
    assert contrast(COLOURS[shape][scheme], COLOURS[ground][scheme]) >= 3


def test_no_other_part_of_the_stylesheet_writes_a_colour() -> None:
    colour = re.compile(r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|oklch)a?\(")
    others = [TOKENS.with_name(f"{part}.css") for part in PARTS if part != "tokens"]

    found = [path.name for path in others if colour.search(path.read_text())]

    assert len(others) == 7
    assert colour.search(TOKENS.read_text())
    assert found == []
