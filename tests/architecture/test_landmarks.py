"""No part of a page bears the name of another: whoever hears the page chooses among parts by their names."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "sightline").glob("*/templates/**/*.html"))

_HEADING = re.compile(r'id="([^"{]+)">([^<{]+)<')
_SECTION = re.compile(r'<section aria-labelledby="([^"{]+)"')
_REGION = re.compile(r'role="region" (aria-labelledby|aria-label)="([^"{]+)"')


def twice(source: str) -> list[str]:
    """The regions of a template that bear the name of a section of it."""
    sections = _SECTION.findall(source)
    headings = dict(_HEADING.findall(source))
    named = {headings.get(one, one).strip() for one in sections}
    return [
        name
        for how, name in _REGION.findall(source)
        if (name in sections if how == "aria-labelledby" else name.strip() in named)
    ]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_region_of_a_page_bears_the_name_of_its_section(path: Path) -> None:
    assert twice(path.read_text()) == []


@pytest.mark.parametrize("region", ['aria-labelledby="due"', 'aria-label="What is due"'])
def test_a_region_with_the_name_of_its_section_is_found(region: str) -> None:
    section = '<section aria-labelledby="due"><h2 id="due">What is due</h2>'
    assert len(twice(f'{section}<div role="region" {region}>')) == 1
    assert twice(f'{section}<div role="region" aria-label="Records that are due">') == []
