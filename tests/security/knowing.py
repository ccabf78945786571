"""Who may know what of the world's records: read slowly from plain facts, and never by asking the code under test."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils import timezone

from sightline.core.access import Role
from sightline.groups.models import DeclaredInterest, InterestEnding
from sightline.intelligence.models import About, AnnexReader, Giver, Item, NamedReader, Passage, ReleaseDecision
from tests.security.personas import HOME, PERSONAS, SIGNED_OUT, Cast

HEARS = frozenset(
    {Role.MEMBER, Role.LAY_MEMBER, Role.CHAIR, Role.DEPUTY, Role.SECRETARY, Role.QUALITY_LEAD, Role.AUDITOR}
)
KEEPS = frozenset({Role.SECRETARY, Role.QUALITY_LEAD})
RELEASES = frozenset({Role.CHAIR, Role.QUALITY_LEAD})
SHARES = HEARS - {Role.AUDITOR} | {Role.PROVIDER, Role.REGION}
READS = SHARES | {Role.AUDITOR, Role.FOI_OFFICER}
LETTERS = ("released", "released_one", "home", "subject")
PAGES_BUT_FILES = ("*[!v]", "*[!s]v")  # what is to be said is in no file that is taken away: their names end in csv
# Who sits in a group or holds an office is no secret among those who sit, nor is who signed what they may read.
GOVERNED = (
    "group*", "seat*", "office*", "level*", "concern*", "dut*", "told*", "exchange*", "risk*", "register*", "look_back*",
    "item_*", "note*", "written*", "conversation*", "key_points*", "cycle*", "sub_group*", "council*", "rapid*",
    "plan*", "milestone*", "own_*", "process_lead", "subject", "home", "terms*", "code*", "action*", "meeting*",
    "report*", "all_reports", "improving*", "retention", "hold*", "disposal*",
    "information_*",
)  # fmt: skip
SEATED = frozenset({"member", "lay_member", "conflicted_member", "conflicted_chair", "deputy", "region"})
UNNAMED = "lay_member"  # gives nothing but what must not bear her name, and signs nothing else


@dataclass(frozen=True)
class MaySee:
    """Who may see a field, and on which pages: names of URLs, ``*`` for any run of letters."""

    who: str
    pages: tuple[str, ...]


Rules = tuple[MaySee, ...]
Names = frozenset[str]


def those(people: Iterable[str], *pages: str) -> Rules:
    """This function will let several personas see something on some pages, or on every page."""
    return tuple(MaySee(who, pages or ("*",)) for who in sorted(people))


def holding(roles: Iterable[Role], system: str | None = None) -> Names:
    """This function will name who holds one of some roles: in one system's group, or in any."""
    return frozenset(
        who
        for who, grants in PERSONAS.items()
        if who not in SIGNED_OUT and any(one.role in roles and system in {None, one.system} for one in grants)
    )


def provider_of(code: str) -> Names:
    """This function will name who speaks for a body."""
    return frozenset(
        who
        for who, grants in PERSONAS.items()
        if any(g.role is Role.PROVIDER and g.organisation == code for g in grants)
    )


class Knowing:
    """What decides who may know: interests, givers, lists; gathered once for a world."""

    def __init__(self, cast: Cast) -> None:
        self.names = {person.actor_id: name for name, person in cast.people.items()}
        over = set(InterestEnding.objects.filter(ends_on__lte=timezone.localdate()).values_list("interest", flat=True))
        self.conflicted: dict[UUID, set[str]] = {}
        for one in DeclaredInterest.objects.all():
            if one.pk not in over:
                self.conflicted.setdefault(one.subject_id, set()).add(self.names[f"person:{one.person_id}"])
        self.givers = {one.item_id: self.names[one.actor_id] for one in Giver.objects.all()}

    def unconflicted(self, people: Names, subjects: Iterable[UUID]) -> Names:
        """This function will leave out who declared an interest in any of some subjects."""
        return people - {who for subject in subjects for who in self.conflicted.get(subject, ())}

    def listed(self, item: UUID) -> Names:
        """This function will name who stands on an item's own list."""
        rows = NamedReader.objects.filter(item=item).values_list("actor_id", flat=True)
        return frozenset(self.names[one] for one in rows)

    def hearers(self, item: Item) -> Names:
        """This function will name who hears an item as others' word."""
        subjects = list(About.objects.filter(item=item).values_list("subject", flat=True))
        found = self.unconflicted(holding(HEARS, item.system), subjects)
        if not item.counts:
            found &= holding(KEEPS, item.system)
        return found & self.listed(item.pk) if item.handling == "restricted" else found

    def keepers(self, item: Item) -> Names:
        """This function will name who hears an item and keeps the record of its group."""
        return self.hearers(item) & holding(KEEPS, item.system)

    def giver(self, item: Item) -> Names:
        """This function will name who gave an item."""
        return frozenset({self.givers[item.pk]} if item.pk in self.givers else ())

    def writer(self, row: Any) -> Names:
        """This function will name who wrote a row."""
        return frozenset({self.names[row.recorded_by]} if row.recorded_by in self.names else ())

    def readers(self, row: Any) -> Names:
        """This function will name who may read a passage, or open a file: its own handling, or its item's if stricter."""
        heard = self.hearers(row.item)
        return (heard & self.listed(row.item_id) if row.handling == "restricted" else heard) | self.writer(row)

    def talks(self, subject: UUID, system: str) -> Names:
        """This function will name who takes part when a group talks about a subject; no provider ever does."""
        return self.unconflicted(holding(HEARS, system), [subject])

    def rests_on(self, evidence: str) -> Names:
        """This function will name who hears every item among some evidence."""
        keys = [word.removeprefix("item:") for word in evidence.split() if word.startswith("item:")]
        found = frozenset(PERSONAS)
        for item in Item.objects.filter(pk__in=keys):
            found &= self.hearers(item)
        return found


# --- what was told, and what was done with it


def _passage(knows: Knowing, row: Passage) -> Rules:
    return those(knows.readers(row), *(PAGES_BUT_FILES if row.item.verbal_only else ("*",)))


def _knowingly(knows: Knowing, row: Passage) -> Rules:
    return those(knows.readers(row) & (knows.keepers(row.item) | knows.writer(row)))


def _marking(knows: Knowing, row: Any) -> Rules:
    """Why something is for fewer: those who keep the record or may mark, and who said so; of a passage its readers."""
    seeing = knows.readers(row.passage) if row.passage else knows.hearers(row.item) | knows.giver(row.item)
    return those(seeing & (holding(KEEPS | RELEASES, row.item.system) | knows.writer(row)))


def _feedback(knows: Knowing, row: Any) -> Rules:
    return those(knows.keepers(row.item) | knows.giver(row.item))


def _kept(knows: Knowing, row: Any) -> Rules:
    return those(knows.keepers(row.item))


def _heard(knows: Knowing, row: Any) -> Rules:
    return those(knows.hearers(row.item))


def _opening(knows: Knowing, row: Any) -> Rules:
    """Why an annex was opened: its readers, those who keep the record, and the auditor who hears the item."""
    item = row.annex.item
    subjects = About.objects.filter(item=item).values_list("subject", flat=True)
    rows = AnnexReader.objects.filter(annex=row.annex, struck_off_on=None).values_list("actor_id", flat=True)
    opens = knows.unconflicted(frozenset(knows.names[one] for one in rows), subjects)
    audits = knows.hearers(item) & holding({Role.AUDITOR}, item.system)
    return (
        those(knows.keepers(item), "item", "annex_readers", "annex_opened")
        + those(opens, "annex", "annex_opened")
        + those(audits, "annex_opened")
    )


def _undone(knows: Knowing, row: Any) -> Rules:
    return those(knows.keepers(row.told.item) & knows.keepers(row.told.first))


def _referral(knows: Knowing, row: Any) -> Rules:
    """Those who keep the record, and who made it as long as they see the item; the group it was made to has no keeper."""
    seeing = knows.hearers(row.item) | knows.giver(row.item)
    return those(knows.keepers(row.item) | (knows.writer(row) & seeing))


def _copy(knows: Knowing, row: Any) -> Rules:
    deciding = knows.hearers(row.item) & holding(KEEPS | RELEASES, row.item.system)
    steps = list(ReleaseDecision.objects.filter(release=row).order_by("recorded_at", "pk"))
    stands = bool(steps) and steps[-1].step == "released"
    return those(deciding) + (those(provider_of(row.to.code), *LETTERS) if stands else ())


def _step(knows: Knowing, row: Any) -> Rules:
    return those(knows.hearers(row.release.item) & holding(KEEPS | RELEASES, row.release.item.system))


def _draft(knows: Knowing, row: Any) -> Rules:
    return those({knows.names[row.actor_id]}, "share", "share_check", "my_intelligence")


def _origin(knows: Knowing, row: Item) -> Rules:
    """A giver's id: where colleagues are chosen from, it is a value of the form; the record has it but for the unnamed."""
    rules = those(holding(SHARES, HOME), "share", "share_check") + those(holding(RELEASES, HOME), "item_mark")
    rules += those(holding(KEEPS, HOME))
    return rules + (those({"auditor"}, "event_log") if UNNAMED not in knows.giver(row) else ())


# --- what was made of it


def _decision(knows: Knowing, row: Any) -> Rules:
    return those(knows.talks(row.subject_id, row.system) & knows.rests_on(row.evidence))


def _request(knows: Knowing, row: Any) -> Rules:
    rests = knows.rests_on(row.decision.evidence) if row.decision else frozenset(PERSONAS)
    return those(knows.talks(row.subject_id, row.system) & rests)


def _rating(knows: Knowing, row: Any) -> Rules:
    return those(knows.talks(row.signal.subject_id, HOME))


def _aid(*pages: str) -> Callable[[Knowing, Any], Rules]:
    return lambda knows, row: those(knows.talks(row.subject_id, row.system), *pages)


def _own_side(knows: Knowing, row: Any) -> Rules:
    profile = getattr(row, "profile", row)
    return those(knows.talks(profile.subject_id, profile.system), "profile*")


def _shared_copy(knows: Knowing, row: Any) -> Rules:
    """The copy is the provider's; the commissioner's side reads its own words, and the measures that both watch."""
    return those(provider_of(row.profile.subject.key), "profile*")


def _both_sides(knows: Knowing, row: Any) -> Rules:
    return _own_side(knows, row) + _shared_copy(knows, row)


def _kept_beside(*pages: str) -> Callable[[Knowing, Any], Rules]:
    """Why what looks like personal data stays: for those who keep the record."""

    def rule(knows: Knowing, row: Any) -> Rules:
        about = getattr(row, "profile", row)
        return those(knows.talks(about.subject_id, about.system) & holding(KEEPS, about.system), *pages)

    return rule


def _kept_by_both(knows: Knowing, row: Any) -> Rules:
    return _kept_beside("profile*")(knows, row) + _shared_copy(knows, row)


def _name(knows: Knowing, row: Any) -> Rules:
    """A colleague's name: where one is chosen, and on what they gave or decided, but for who asked not to be named."""
    name = knows.names[row.actor_id]
    if name not in holding(READS, HOME):
        return those(holding(SHARES), "exchange_send")  # who receives what one is about to send
    rules = those(holding(KEEPS, HOME)) + those(holding(KEEPS | RELEASES, HOME), "interest*", "item_mark")
    rules += those(holding({Role.REGION}, HOME), "risk_new")  # who could own a risk is chosen among those who sit
    if name in holding(HEARS, HOME):
        rules += those(holding(SHARES, HOME), "share", "share_check")
    if name in SEATED | holding(KEEPS, HOME):  # who sits together, and who writes down what happens there
        met = ("meeting*", "item_*", "note*", "written*", "conversation*", "cycle*")
        rules += those(SEATED | holding(KEEPS | {Role.AUDITOR}, HOME), *met, "group", "group_members*")
    if name == UNNAMED:
        return rules + those({"member"}, "item")  # who put her on a list
    rules += those(holding(HEARS, HOME)) + those(holding(READS), *GOVERNED)
    if name in holding(KEEPS, HOME):
        rules += those(holding(READS), "rule*", "metric_set*", "sources_csv") + those({"subject_provider"}, "profile*")
    return rules


_ENTRY = ("evidence_for", "evidence_against", "good_practice", "view", "measures", "signals")

BY_RECORD: Mapping[str, Callable[[Knowing, Any], Rules]] = {
    "accounts.Person.display_name": _name,
    "intelligence.Passage.text": _passage,
    "intelligence.Passage.knowingly": _knowingly,
    "intelligence.Item.origin": _origin,
    "intelligence.Attachment.name": lambda knows, row: those(knows.readers(row)),
    "intelligence.Feedback.text": _feedback,
    "intelligence.Onward.body": _feedback,
    "intelligence.Onward.because": _feedback,
    "intelligence.Review.because": _kept,
    "intelligence.Marking.because": _marking,
    "intelligence.SharedWith.body": _kept,
    "intelligence.Panel.convened_by": _kept,
    "intelligence.Panel.agreed": _kept,
    "intelligence.SameOrigin.because": _kept,
    "intelligence.Unplaced.words": _kept,
    **{f"intelligence.Investigation.{field}": _heard for field in ("name", "led_by", "asked_for")},
    **{f"intelligence.Referral.{field}": _referral for field in ("body", "reference", "detail")},
    "intelligence.Receipt.says": lambda knows, row: _referral(knows, row.referral),
    "intelligence.Release.text": _copy,
    "intelligence.Release.asks": _copy,
    "intelligence.ReleaseAnswer.text": lambda knows, row: _copy(knows, row.release),
    "intelligence.ReleaseDecision.because": _step,
    "intelligence.Annex.because": _kept,
    "intelligence.AnnexOpening.because": _opening,
    "intelligence.Doubt.says": _kept,
    "intelligence.SameOriginEnding.because": _undone,
    "intelligence.Draft.content": _draft,
    "intelligence.DraftFile.name": lambda knows, row: _draft(knows, row.draft),
    "triangulation.ProposalDecision.says": _decision,
    "triangulation.ProposalDecision.because": _decision,
    "triangulation.Request.asked_of": _request,
    "triangulation.Request.question": _request,
    "triangulation.RequestAnswer.says": lambda knows, row: _request(knows, row.request),
    "triangulation.RatingReview.because": _rating,
    "profiles.HeatMapReading.because": _aid("heat_map"),
    "profiles.HeatMapReading.issues_because": _aid("heat_map"),
    "profiles.TriggerAssessment.because": _aid("trigger_tool"),
    "profiles.TriggerAnswer.note": lambda knows, row: _aid("trigger_tool")(knows, row.assessment),
    **{f"profiles.OtherProcess.{field}": _aid("profiles", "subject") for field in ("because", "reference")},
    "profiles.OtherProcess.name": _aid("profiles", "subject", "concern*", "level*", "look_back*"),
    "profiles.Profile.because": _own_side,
    **{f"profiles.CommissionerEntry.{field}": _own_side for field in _ENTRY},
    **{f"profiles.SharedEntry.{field}": _shared_copy for field in _ENTRY},
    "profiles.SharedEntry.measures": _both_sides,
    **{f"profiles.ProviderEntry.{field}": _both_sides for field in _ENTRY},
    "profiles.MeasureReview.measures": _both_sides,
    "profiles.MeasureReview.because": _both_sides,
    "profiles.HeatMapReading.knowingly": _kept_beside("heat_map"),
    "profiles.TriggerAssessment.knowingly": _kept_beside("trigger_tool"),
    "profiles.OtherProcess.knowingly": _kept_beside("profiles"),
    "profiles.MeasureReview.knowingly": _kept_beside("profile*"),
    **{
        f"profiles.{one}.knowingly": _kept_beside("profile*") for one in ("Profile", "CommissionerEntry", "SharedEntry")
    },
    "profiles.ProviderEntry.knowingly": _kept_by_both,
}
