"""Style sheets: nothing from elsewhere, and colours that can be told from their ground, in light and in dark."""

from __future__ import annotations

import re

import pytest

from sightline.web.assets import DESIGN, ROOT

STATIC = ROOT / "sightline" / "web" / "static" / "web"
OURS = sorted(STATIC.iterdir())
SHEETS = [path for path in OURS if path.suffix == ".css"] + [DESIGN / "nhsuk-frontend.min.css"]


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
def test_no_style_sheet_brings_fonts_or_reaches_elsewhere(path) -> None:
    css = path.read_text()
    assert "@font-face" not in css
    assert "frutiger" not in css.lower()
    assert not re.findall(r"url\(\s*['\"]?(?:https?:)?//", css)
    assert "sourceMappingURL" not in css
    assert "@import" not in css


@pytest.mark.parametrize("path", [path for path in OURS if path.suffix in {".js", ".svg"}], ids=lambda path: path.name)
def test_our_own_files_reach_nowhere(path) -> None:
    text = path.read_text().replace('xmlns="http://www.w3.org/2000/svg"', "")
    assert "http" not in text


def test_what_a_first_page_needs_is_small() -> None:
    sent = [DESIGN / "nhsuk-frontend.min.css.gz", DESIGN / "nhsuk-frontend.min.js.gz", *OURS]
    assert sum(path.stat().st_size for path in sent) < 90_000


def test_every_class_of_ours_in_a_template_is_drawn_and_none_is_drawn_in_vain() -> None:
    css = "".join((STATIC / sheet).read_text() for sheet in ("sightline.css", "charts.css"))
    drawn = set(re.findall(r"\.((?:s|c)-[a-z][\w-]*)", css))
    package = ROOT / "sightline"
    templates = "".join(path.read_text() for path in package.rglob("templates/**/*.html"))
    attributes = " ".join(re.findall(r'class="([^"]*)"', templates))
    used = set(re.findall(r"(?<![\w-])s-[a-z][\w-]*", attributes))
    code = templates + "".join(path.read_text() for path in package.rglob("*.py"))
    assert {name for name in used if name not in drawn and not name.endswith("--")} == set()
    # A name may be put together from its stem and a word ("c-" and the kind of a point), so the stem is enough.
    stems = {name for name in drawn if name not in code and name.rsplit("-", 1)[0] + "-" not in code}
    assert stems == set()


def palette(dark: bool) -> dict[str, str]:
    colours: dict[str, str] = {}
    for sheet in ("sightline.css", "charts.css"):
        css = (STATIC / sheet).read_text().split("@media print")[0]
        light, _, rest = css.partition("@media (prefers-color-scheme: dark)")
        for block in [light, rest.split("}")[0]] if dark else [light]:
            colours |= dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", block))
    return colours


def luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    digits = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


TEXTS = ("text", "quiet", "link", "link-visited", "link-hover", "good", "bad", "neutral", "error", "success")
MARKS = ("improvement", "concern", "neutral-mark", "common", "c-target", "c-line", "c-axis")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["page", "surface"])
def test_words_stand_out_from_their_ground(dark: bool, ground: str) -> None:
    colours = palette(dark)
    faint = {name: contrast(colours[name], colours[ground]) for name in TEXTS}
    assert {name: ratio for name, ratio in faint.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_marks_stand_out_from_the_chart_and_from_the_usual_range(dark: bool) -> None:
    colours = palette(dark)
    on_chart = {name: contrast(colours[name], colours["c-ground"]) for name in MARKS}
    on_band = {name: contrast(colours[name], colours["c-band"]) for name in MARKS[:4]}
    assert {name: ratio for name, ratio in on_chart.items() if ratio < 3} == {}
    assert {name: ratio for name, ratio in on_band.items() if ratio < 3} == {}


def test_dark_changes_every_colour_that_light_names() -> None:
    light, dark = palette(False), palette(True)
    assert {name for name in light if light[name] == dark[name]} == set()
