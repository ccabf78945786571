"""Which risks are about the same: by subject, and by subject and category, so that no risk is held against all others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Self, TypeVar

from sightline.core.risks.facts import RiskFacts

K = TypeVar("K")
Change = tuple[RiskFacts | None, RiskFacts | None]  # a risk as it was and as it is; None where it was or is not there


@dataclass(frozen=True, slots=True)
class Beside:
    """Risks by what they are about, each under its id."""

    by_subject: Mapping[str, Mapping[str, RiskFacts]] = field(default_factory=dict)
    alike: Mapping[tuple[str, str], Mapping[str, RiskFacts]] = field(default_factory=dict)  # by subject and category

    @classmethod
    def of(cls, risks: Iterable[RiskFacts]) -> Self:
        """This function will put risks beside one another."""
        by_subject: dict[str, dict[str, RiskFacts]] = defaultdict(dict)
        alike: dict[tuple[str, str], dict[str, RiskFacts]] = defaultdict(dict)
        for one in risks:
            for subject in one.subjects:
                by_subject[subject][one.id] = one
                alike[subject, one.category][one.id] = one
        return cls(dict(by_subject), dict(alike))

    def after(self, changes: Iterable[Change]) -> Self:
        """This function will put risks beside one another again after some of them changed."""
        some = list(changes)
        subjects = [tuple((subject, one) for subject in one.subjects) if one else () for pair in some for one in pair]
        kinds = [tuple(((subject, one.category), one) for subject, one in told) for told in subjects]
        return type(self)(_after(self.by_subject, subjects), _after(self.alike, kinds))

    def sharing(self, risk: RiskFacts) -> Iterator[RiskFacts]:
        """This function will give the other risks that share a subject with one; one that shares two comes twice."""
        for subject in risk.subjects:
            yield from (one for one in self.by_subject.get(subject, {}).values() if one.id != risk.id)

    def like(self, risk: RiskFacts) -> Iterator[RiskFacts]:
        """This function will give those of them that are of the same category as well."""
        for subject in risk.subjects:
            yield from (one for one in self.alike.get((subject, risk.category), {}).values() if one.id != risk.id)

    def followed(self, risk: RiskFacts) -> RiskFacts | None:
        """This function will give the earlier risk that came back as one, where they share a subject."""
        about = (self.by_subject.get(subject, {}).get(risk.follows) for subject in risk.subjects if risk.follows)
        return next((one for one in about if one is not None), None)


def _after(
    held: Mapping[K, Mapping[str, RiskFacts]], told: Iterable[tuple[tuple[K, RiskFacts], ...]]
) -> Mapping[K, Mapping[str, RiskFacts]]:
    """Only what changed is copied. Of each risk is told first as what it was and then as what it is."""
    made, fresh = dict(held), dict[K, dict[str, RiskFacts]]()
    for place, pairs in enumerate(told):
        for key, one in pairs:
            if key not in fresh:
                made[key] = fresh[key] = dict(held.get(key, {}))
            if place % 2:
                fresh[key][one.id] = one
            else:
                fresh[key].pop(one.id, None)
    return made
