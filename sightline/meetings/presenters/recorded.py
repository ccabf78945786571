"""A paper that was made from the record, in words: what is kept there as facts is told as every page tells it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sightline.indicators.catalogue import Indicator
from sightline.indicators.presenters.words import sentence
from sightline.meetings.presenters.charts import signal_of


def recorded(content: Mapping[str, Any], known: Mapping[str, Indicator]) -> dict[str, Any]:
    """This function will give the content of a paper with its signs in words; of a paper of old its lines as they are.

    ``known`` is the catalogue of indicators.
    """
    return {**content, "sections": [_section(one, known) for one in content["sections"]]}


def _section(section: Mapping[str, Any], known: Mapping[str, Indicator]) -> dict[str, Any]:
    signs = section.get("signals")
    if not signs:
        return dict(section)
    told = [_said(one, line, known) for one, line in zip(signs, section["lines"], strict=True)]
    return {**section, "lines": told}


def _said(sign: dict[str, Any], line: str, known: Mapping[str, Indicator]) -> str:
    """One sign; of an indicator that is not in the catalogue any more, the line that was kept beside it."""
    indicator = known.get(sign["measure"])
    return f"{indicator.name}: {sentence(signal_of(sign), indicator)}" if indicator else line
