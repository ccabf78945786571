"""What the columns of a tidy table are, as people say. Parsed and checked, never saved."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import Any

from django import forms
from django.utils import timezone
from pydantic import ValidationError

from sightline.core.rulebook import Sources
from sightline.core.signals import Quadrant
from sightline.indicators.catalogue import (
    Better,
    ChartKind,
    DataCard,
    Dimension,
    Indicator,
    SmallNumbers,
    Unit,
)
from sightline.indicators.sources import tidy
from sightline.indicators.sources.tidy import MappedIndicator, Mapping, as_id, guess_mapping
from sightline.intake.contract import PeriodKind, Table
from sightline.rulebook.queries import part
from sightline.web.quality import QUADRANT

CARD = {
    "purpose": "What is it for?",
    "source": "Where does it come from?",
    "audience": "Who is meant to see it?",
    "confidentiality": "Data protection: is it public, and can a person be recognised in it?",
    "known_issues": "What is known to be wrong or missing in it?",
    "what_good_looks_like": "What would good look like? If that cannot be said, write “Not possible – ” and why.",
}
COLUMNS = {
    "organisation": ("Organisation code", True),
    "name": ("Organisation name", False),
    "period": ("Period", True),
    "indicator": ("Indicator, where the table holds several", False),
    "value": ("Value", False),
    "numerator": ("Numerator", False),
    "denominator": ("Denominator", False),
}


class MappingForm(forms.Form):
    """What the columns of a tidy table are, and what its indicators mean (DAT-01)."""

    def __init__(self, *args: Any, table: Table, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.guess = guess_mapping(table)
        headings = [("", "None")] + [(cell, cell) for cell in next(iter(table.rows), ()) if cell]
        for field, (label, required) in COLUMNS.items():
            self.fields[field] = forms.ChoiceField(
                label=label, choices=headings, required=required, initial=getattr(self.guess, field)
            )
        kinds = [("", "As each cell says")] + [(kind.value, kind.value.replace("_", " ")) for kind in PeriodKind]
        kind = self.guess.kind.value if self.guess.kind else ""
        self.fields["kind"] = forms.ChoiceField(label="Length of a period", choices=kinds, required=False, initial=kind)
        first = self.guess.indicators[0] if self.guess.indicators else None
        self._add_meaning(first.name if first else "", first.unit if first else "score")

    def _add_meaning(self, name: str, unit: str) -> None:
        several = len(self.guess.indicators) > 1
        if not several:
            self.fields["title"] = forms.CharField(
                label="Name of the indicator", min_length=2, max_length=160, initial=name
            )
        self.fields["unit"] = forms.ChoiceField(label="Unit", choices=_choices(Unit), initial=unit)
        self.fields["direction"] = forms.ChoiceField(label="Better when it goes", choices=_choices(Better))
        self.fields["dimensions"] = forms.MultipleChoiceField(
            label="Dimensions of quality", choices=_choices(Dimension), widget=forms.CheckboxSelectMultiple
        )
        self.fields["source_entry"] = forms.ChoiceField(
            label="Where its figures come from", choices=_source_choices(), required=False
        )
        wide = forms.Textarea(attrs={"rows": 2})
        self.fields["definition"] = forms.CharField(
            label="Definition in a sentence", min_length=3, max_length=2000, widget=wide
        )
        for field, label in CARD.items():
            wide = forms.Textarea(attrs={"rows": 2})
            self.fields[field] = forms.CharField(label=label, max_length=2000, min_length=3, widget=wide)

    def clean(self) -> dict[str, Any]:
        """This function will refuse columns without a figure, and what no catalogue entry may hold."""
        given: dict[str, Any] = super().clean() or {}
        if self.errors:
            return given
        if not given["value"] and not (given["numerator"] and given["denominator"]):
            self.add_error("value", "Say which column is the value, or which are the numerator and the denominator.")
        try:
            self.indicators()
        except ValidationError as problem:
            for one in problem.errors():
                field = str(one["loc"][-1]) if one["loc"] else ""
                self.add_error(field if field in self.fields else None, one["msg"].removeprefix("Value error, "))
        return given

    def mapping(self) -> Mapping:
        """This function will give the columns as confirmed."""
        given = self.cleaned_data
        kind = PeriodKind(given["kind"]) if given["kind"] else None
        columns = {field: given[field] for field in COLUMNS}
        return replace(self.guess, **columns, kind=kind, indicators=tuple(self._mapped()), guesses=())

    def indicators(self) -> list[Indicator]:
        """This function will give a catalogue entry for each indicator of the table."""
        given = self.cleaned_data
        unit = Unit(given["unit"])
        kind = PeriodKind(given["kind"]) if given["kind"] else PeriodKind.MONTH
        monthly = kind in {PeriodKind.MONTH, PeriodKind.QUARTER}
        return [
            Indicator(
                id=one.id,
                name=one.name,
                short_name=one.name[:60],
                definition=given["definition"],
                numerator=_column_words(given["numerator"]),
                denominator=_column_words(given["denominator"]),
                unit=unit,
                per=one.per or None,
                unit_words="%" if unit is Unit.PERCENT else "",
                direction=Better(given["direction"]),
                dimensions=tuple(Dimension(word) for word in given["dimensions"]),
                card=DataCard(period_covered="As each chart shows", **{field: given[field] for field in CARD}),
                small_numbers=SmallNumbers(by_publisher=False, rule="Shown as they are in the table."),
                chart=ChartKind.XMR if monthly else ChartKind.RUN,
                period=kind,
                cadence_months={PeriodKind.MONTH: 1, PeriodKind.QUARTER: 3}.get(kind, 0),
                lag_days=60,
                decimals={Unit.COUNT: 0, Unit.PERCENT: 1}.get(unit, 2),
                source=tidy.NAME,
                source_entry=given["source_entry"],
            )
            for one in self._mapped()
        ]

    def _mapped(self) -> list[MappedIndicator]:
        given = self.cleaned_data
        single = len(self.guess.indicators) == 1
        unit = given["unit"]
        return [
            replace(
                one,
                name=given["title"] if single else one.name,
                id=as_id(given["title"]) if single and not given["indicator"] else one.id,
                unit=unit,
                direction=given["direction"],
                per=one.per if one.unit == unit else _PER.get(Unit(unit), 0.0),
            )
            for one in self.guess.indicators
        ]


_PER = {Unit.PERCENT: 100.0, Unit.RATE: 1000.0, Unit.RATIO: 1.0}


def _column_words(heading: str) -> str:
    return f"The column “{heading}” of the table" if heading else "Not given by the table"


def _source_choices() -> list[tuple[str, Any]]:
    """The sources of figures that the guidance in force names; a table of no said source is a witness by itself."""
    found = part("sources", timezone.localdate())
    sources = found.sources if isinstance(found, Sources) else ()
    figures = (Quadrant.INTERNAL_QUANTITATIVE, Quadrant.EXTERNAL_QUANTITATIVE)
    groups = [(QUADRANT[one], [(s.id, s.name) for s in sources if s.quadrant is one]) for one in figures]
    return [("", "Not said"), *groups]


def _choices(words: type[StrEnum]) -> list[tuple[str, str]]:
    return [(word.value, word.value.replace("-", " ").replace("_", " ").capitalize()) for word in words]
