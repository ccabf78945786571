"""Which subject somebody means by a name or a code: one, several to choose from, or none; never a guess."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, F, IntegerField, Q, Value, When

from sightline.core.access import Actor
from sightline.directory.models import Alias, Identifier, Subject
from sightline.directory.models.subjects import SubjectQuerySet
from sightline.directory.naming import folded
from sightline.directory.words import SubjectKind

AT_MOST = 20  # subjects that a list on a phone can still be chosen from
_WORDS = 12  # of a name are looked for one by one; who types more has pasted something else
_BY_CODE, _BY_NAME, _BEGINS, _HOLDS = range(4)
_NAME_AND_CODE = re.compile(r"^(?P<name>.+\S)\s*\((?P<code>[^()]+)\)$")


@dataclass(frozen=True, slots=True)
class Meant:
    """Whom words may mean: ``one`` where there is no doubt, else those to choose from, the nearest first.

    ``more`` says that further ones fit, which the list leaves out.
    """

    one: Subject | None = None
    several: tuple[Subject, ...] = ()
    more: bool = False


def words_for(subject: Subject) -> str:
    """This function will write a subject so that, read back, nothing else can be meant by it."""
    return f"{subject.name} ({subject.key})"


def choose_subject(words: str, actor: Actor, on: date) -> Meant:
    """This function will say which subject, of those that the actor may see, words mean.

    A code means its bearer. A name means its bearer only where it is the whole name and fits nobody else: two homes
    are called alike more often than not, so a person chooses.
    """
    asked = " ".join(words.split())
    if not asked:
        return Meant()
    visible = Subject.objects.visible_to(actor, on).select_related("organisation")
    if (named := _NAME_AND_CODE.match(asked)) and (one := _exactly(visible, named["name"], named["code"])):
        return Meant(one)
    found: list[Any] = list(_fitting(visible, asked)[: AT_MOST + 1])
    by_code = [subject for subject in found if subject.nearness == _BY_CODE]
    if len(by_code) == 1:
        return Meant(by_code[0])
    if len(found) == 1 and found[0].nearness == _BY_NAME:
        return Meant(found[0])
    return Meant(several=tuple(found[:AT_MOST]), more=len(found) > AT_MOST)


def _exactly(visible: SubjectQuerySet, name: str, code: str) -> Subject | None:
    one = visible.filter(key__iexact=code.strip()).first()
    return one if one and folded(one.name) == folded(name) else None


def _fitting(visible: SubjectQuerySet, asked: str) -> SubjectQuerySet:
    """Those that bear the words as their code, or every word of them in their name; open ones before closed ones."""
    codes = Identifier.objects.filter(value__iexact=asked).values("organisation")
    # A board itself shares its organisation's codes with its system, which is what the codes mean.
    by_code = Q(key__iexact=asked) | (Q(organisation__in=codes) & ~Q(kind=SubjectKind.ICB))
    by_name, begins, holds = Q(name__iexact=asked), Q(name__istartswith=asked), Q()
    for word in asked.split()[:_WORDS]:
        holds &= Q(name__icontains=word)
    if alike := folded(asked):
        by_name |= Q(organisation__in=Alias.objects.filter(folded=alike).values("organisation"))
        holds |= Q(organisation__in=Alias.objects.filter(folded__contains=alike).values("organisation"))
    nearness = Case(
        When(by_code, then=Value(_BY_CODE)),
        When(by_name, then=Value(_BY_NAME)),
        When(begins, then=Value(_BEGINS)),
        default=Value(_HOLDS),
        output_field=IntegerField(),
    )
    # Databases differ in where they put what has no last day.
    last_day = F("organisation__closed_on").desc(nulls_first=True)
    found = visible.filter(by_code | by_name | holds).annotate(nearness=nearness)
    return found.order_by("nearness", last_day, "name", "key")
