"""Reads of requests for information: the list, one case with what is decided, and what is given out."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, cast
from uuid import UUID

from django.db.models import Count, Max, Prefetch, Q, QuerySet

from sightline.accounts.looking import look_for_people
from sightline.accounts.models import Person
from sightline.core.access import Actor, Permission, may
from sightline.core.intelligence.wording import clean
from sightline.core.records.answering import Ruled, Ruling, may_clear
from sightline.core.rulebook.keeping import Disclosure, Exemption, Regime, RequestKind
from sightline.core.verdict import Verdict
from sightline.directory.models import Organisation
from sightline.groups.models import Seating
from sightline.records.models import (
    Consultation,
    DisclosurePack,
    InformationRequest,
    PassageRuling,
    RequestPassage,
)
from sightline.records.queries.retaining import A_PAGE, keeps_records
from sightline.records.words import SOURCE, SourceKind
from sightline.rulebook.queries import part_with_origin


@dataclass(frozen=True, slots=True)
class Rules:
    """How requests are answered on a day, and by which version of the guidance."""

    content: Disclosure
    pack: str
    version: str


@dataclass(frozen=True, slots=True)
class Decided:
    """One passage of a case with the newest decision on it, and its ground."""

    passage: RequestPassage
    ruling: PassageRuling | None
    exemption: Exemption | None

    @property
    def is_released(self) -> bool:
        """Whether it is given out."""
        return self.ruling is not None and self.ruling.ruling == Ruling.RELEASE.value

    @property
    def is_withheld(self) -> bool:
        """Whether it was asked for, and is not given out."""
        return self.ruling is not None and self.ruling.ruling == Ruling.WITHHOLD.value

    @property
    def kind(self) -> SourceKind:
        """From which kind of record it was taken."""
        return SourceKind(self.passage.source.partition(".")[0])


@dataclass(frozen=True)
class Case:
    """A request as those work on it who keep the record."""

    request: InformationRequest
    rules: Rules
    passages: tuple[Decided, ...]
    consultations: tuple[Consultation, ...]
    packs: tuple[DisclosurePack, ...]
    keeps: bool
    on: date

    @property
    def regime(self) -> Regime:
        """Under which law it was asked."""
        return self.rules.content.regime(RequestKind(self.request.kind))

    @property
    def is_open(self) -> bool:
        """Whether it was not closed."""
        return not hasattr(self.request, "closing")

    @property
    def works(self) -> bool:
        """Whether the reader may still do something with it."""
        return self.keeps and self.is_open

    @property
    def standing(self) -> DisclosurePack | None:
        """The pack that is given out: the newest, unless it was withdrawn."""
        newest = self.packs[-1] if self.packs else None
        return newest if newest is not None and not hasattr(newest, "withdrawal") else None

    def may_clear(self, actor: Actor) -> Verdict:
        """This function will say whether somebody may clear what is given out (IGV-04)."""
        ruled = [
            Ruled(Ruling(one.ruling.ruling), str(one.ruling.decided_by_id)) if one.ruling else Ruled()
            for one in self.passages
        ]
        return may_clear(ruled, str(actor.pk) if isinstance(actor, Person) else actor.actor_id)

    @cached_property
    def content(self) -> dict[str, Any]:
        """What would be given out, and nothing else: no title, name or key of a record, nor of whoever asked."""
        shown = [one for one in self.passages if one.is_released or one.is_withheld]
        return {
            "law": self.regime.name,
            "cites": self.regime.cites,
            "received": self.request.received_on.isoformat(),
            "passages": [_given(one) for one in shown],
            "grounds": _grounds(shown),
        }

    @property
    def stamp(self) -> str:
        """A hash of what would be given out, so that nobody clears what they did not read."""
        return hash_of(self.content)

    @property
    def is_given_out(self) -> bool:
        """Whether the pack that stands says just what would be given out now."""
        standing = self.standing
        return standing is not None and {name: standing.content.get(name) for name in self.content} == self.content

    @property
    def remarks(self) -> tuple[str, ...]:
        """What in the words that would be given out looks like personal data, by the number of the passage (IGV-01)."""
        texts = {str(one.passage.place): one.passage.text for one in self.passages if one.is_released}
        found = look_for_people(texts)
        return tuple(f"Passage {place}: {one.says}" for place, some in found.items() for one in some)


def _given(one: Decided) -> dict[str, Any]:
    head = {"from": SOURCE[one.kind], "day": one.passage.of_day.isoformat()}
    if one.is_released:
        return {**head, "text": clean(one.passage.text).text}
    assert one.exemption is not None, "what is withheld has its ground"
    return {**head, "withheld": one.exemption.name}


def _grounds(shown: list[Decided]) -> list[dict[str, Any]]:
    """Each ground with the reasons that were given for it, once."""
    found: dict[str, dict[str, Any]] = {}
    for one in shown:
        if one.ruling is None or one.exemption is None or not one.is_withheld:
            continue
        plain = {"name": one.exemption.name, "cites": one.exemption.cites, "says": one.exemption.says, "why": []}
        ground = found.setdefault(one.exemption.id, plain)
        why = one.ruling.public_interest.strip()
        if why and why not in ground["why"]:
            ground["why"].append(why)
    return list(found.values())


def hash_of(content: Mapping[str, Any]) -> str:
    """This function will give the SHA-256 of what is given out: the same content has the same."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def rules_on(on: date) -> Rules:
    """This function will give the rules of answering that count on a day."""
    found = part_with_origin("disclosure", on)
    assert found is not None, "the newest guidance says how requests are answered"
    return Rules(cast(Disclosure, found.content), found.pack.id, str(found.version))


def one_case(actor: Actor, on: date, request: UUID) -> Case | None:
    """This function will give a request that somebody reads, with all that was taken into it and decided."""
    seen = InformationRequest.objects.visible_to(actor, on).filter(pk=request)
    found = seen.select_related("subject", "closing__closed_by").first()
    if found is None:
        return None
    rules, kind = rules_on(on), RequestKind(found.kind)
    rulings = Prefetch("rulings", PassageRuling.objects.select_related("decided_by"))
    rows = RequestPassage.objects.filter(request=found).prefetch_related(rulings)
    passages = []
    for one in rows:
        ruling = max(one.rulings.all(), key=lambda row: row.number, default=None)
        passages.append(Decided(one, ruling, rules.content.exemption(kind, ruling.exemption) if ruling else None))
    return Case(
        found,
        rules,
        tuple(passages),
        tuple(found.consultations.select_related("body")),
        tuple(found.packs.select_related("cleared_by", "withdrawal__withdrawn_by")),
        keeps_records(actor, on, found.system),
        on,
    )


def one_pack(actor: Actor, on: date, request: UUID, number: int) -> DisclosurePack | None:
    """This function will give a pack of a request that somebody reads."""
    seen = InformationRequest.objects.visible_to(actor, on).filter(pk=request)
    found = DisclosurePack.objects.filter(request__in=seen.order_by().values("pk"), number=number)
    return found.select_related("request", "cleared_by", "withdrawal").first()


@dataclass(frozen=True, slots=True)
class Requests:
    """The requests that somebody reads: those to answer, what is due first, and the newest of those that are closed."""

    to_answer: tuple[InformationRequest, ...]
    closed: tuple[InformationRequest, ...]
    rules: Rules


def requests_for(actor: Actor, on: date) -> Requests:
    """This function will list the requests that somebody reads."""
    seen = InformationRequest.objects.visible_to(actor, on).select_related("subject", "closing")
    counted = seen.annotate(
        taken=Count("passages", distinct=True),
        decided=Count("passages", filter=Q(passages__rulings__isnull=False), distinct=True),
    )
    return Requests(
        tuple(counted.still_open()[:A_PAGE]),
        tuple(counted.exclude(closing=None).order_by("-closing__closed_on", "-received_on", "pk")[:A_PAGE]),
        rules_on(on),
    )


def requests_waiting(actor: Actor, on: date) -> tuple[int, date | None]:
    """This function will say how many requests wait for somebody who answers them, and by when the first is due."""
    if not may(actor, Permission.KEEP_RECORDS, on):
        return 0, None
    found = InformationRequest.objects.visible_to(actor, on).still_open()
    return found.count(), found.order_by("answer_by").values_list("answer_by", flat=True).first()


def bodies_holding(on: date) -> QuerySet[Organisation]:
    """This function will give the bodies that sit in a group and may hold what was told there (QSG 2017 ¶137; IGV-03)."""
    seats = Seating.objects.in_force(on).filter(seat__organisation__isnull=False).order_by()
    return Organisation.objects.filter(pk__in=seats.values("seat__organisation")).order_by("name", "code")


def next_place(request: InformationRequest) -> int:
    """This function will give the place of the next passage that is taken into a case."""
    last: int | None = RequestPassage.objects.filter(request=request).aggregate(last=Max("place"))["last"]
    return (last or 0) + 1
