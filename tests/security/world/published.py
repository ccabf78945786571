"""What is published in the world: two bodies with a series each, a publication, and files that were dropped in."""

from __future__ import annotations

from datetime import UTC, date, datetime

from sightline.accounts.operator import Operator
from sightline.core.statistics.rulesets import DEFAULT_RULE_SET
from sightline.directory.models import Organisation, Subject
from sightline.directory.words import SubjectKind
from sightline.indicators.catalogue import ChartKind
from sightline.indicators.charting import chart_all
from sightline.indicators.figures import Figures
from sightline.indicators.models import ChartChoice, Delivery, DeliveryFault, Publication, Rebase
from sightline.indicators.operations import Arrived, receive_files
from sightline.indicators.queries import History, SubjectHistory, catalogue
from tests.security.personas import OTHER, SUBJECT, Cast

AT = datetime(2026, 1, 5, 12, tzinfo=UTC)
TIDY = b"Trust,When,How many\nZZ1,2025-01-01,3\nZZ2,2025-01-01,4\n"


def build(cast: Cast) -> None:
    """This function will make the bodies, their figures, and the files that came in."""
    one, two = (_subject(code) for code in (SUBJECT, OTHER))
    publication = Publication.objects.create(
        source="tidy", title="Waits", publisher="A publisher", sha256="0" * 64, recorded_at=AT, recorded_by="person:x"
    )
    _series([one, two], publication)
    _deliveries()


def indicator_id() -> str:
    """This function will name an indicator that has a chart with limits."""
    return next(i.id for i in catalogue().values() if i.chart is ChartKind.XMR)


def _subject(code: str) -> Subject:
    body = Organisation.objects.create(code=code, name=f"{code} Trust", recorded_at=AT)
    return Subject.objects.create(
        key=code, kind=SubjectKind.ORGANISATION, name=body.name, organisation=body, recorded_at=AT
    )


def _series(subjects: list[Subject], publication: Publication) -> None:
    months = tuple(date(2024 + month // 12, month % 12 + 1, 1) for month in range(20))
    count = len(months)
    figures = Figures(
        kind="month",
        starts=months,
        values=tuple(50.0 + month % 5 for month in range(count)),
        **dict.fromkeys(("numerators", "denominators", "lows", "highs"), (None,) * count),
        **dict.fromkeys(("notes", "bands"), ("",) * count),
        ranks=(0,) * count,
    )
    history = History(
        indicator=catalogue()[indicator_id()],
        kind="month",
        source="tidy",
        subjects=[SubjectHistory(subject, figures) for subject in subjects],
        publications=[publication],
        rule_set=DEFAULT_RULE_SET.name,
        screen=True,
    )
    for charted in chart_all(history.indicator, history, AT.date()):
        charted.row(AT).save()
    Rebase.objects.create(
        indicator=indicator_id(),
        subject=subjects[0],
        asked_for=months[9],
        from_on=months[9],
        because="A new unit opened",
        recorded_at=AT,
        recorded_by="person:x",
    )
    ChartChoice.objects.create(
        indicator=indicator_id(), kind="run", because="Few figures", recorded_at=AT, recorded_by="person:x"
    )


def _deliveries() -> None:
    files = [Arrived("refused.csv", b"x,y\n1,2\n"), Arrived("tidy.csv", TIDY)]
    refused, tidy = receive_files(by=Operator("keeper"), at=AT, files=files)
    Delivery.objects.filter(pk=refused.pk).update(state=Delivery.State.REFUSED, says="One thing is wrong.")
    DeliveryFault.objects.create(delivery=refused, line=2, column="y", says="Is no figure.", mend="Write a number.")
    Delivery.objects.filter(pk=tidy.pk).update(state=Delivery.State.MAPPING)
