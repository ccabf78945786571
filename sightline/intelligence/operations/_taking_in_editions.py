"""Brings items up to date by another edition of what was published: nothing comes twice, and no order matters."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from sightline.core.signals import Bearing
from sightline.directory.naming import folded
from sightline.intelligence.giving import Words
from sightline.intelligence.models import About, Addressee, Doubt, Item, Passage, Report, Unplaced
from sightline.intelligence.operations._taking_in_merging import (
    Sent,
    Written,
    graver,
    new_words,
    newer,
    only_new,
    sent_to,
    stated,
)
from sightline.intelligence.operations._taking_in_rows import addressee, doubt, passage, unplaced
from sightline.intelligence.operations._taking_in_shape import Bringing, Outcome, Taken
from sightline.intelligence.operations._themes import retag
from sightline.intelligence.words import AnswerStatus, Kind, Safeguarding, TagKind

WORDS_TAKEN_OUT = "Somebody replaced words of this item, and the file says it otherwise: its words were left out."
_FIELDS = ("bearing", "heard_on", "safeguarding")


class Editions:
    """Items on record, each with what another file says of it."""

    def __init__(self, pairs: Sequence[tuple[Item, Taken]], bringing: Bringing) -> None:
        self._pairs, self._bringing = pairs, bringing
        keys = [item.pk for item, _ in pairs]
        self._about: dict[UUID, set[UUID]] = defaultdict(set)
        for item, subject in About.objects.filter(item__in=keys).values_list("item", "subject"):
            self._about[item].add(subject)
        self._unplaced: dict[UUID, dict[str, Unplaced]] = defaultdict(dict)
        for name in Unplaced.objects.filter(item__in=keys).select_related("placing"):
            self._unplaced[name.item_id][name.words] = name
        self._written = _written([item.pk for item, one in pairs if _may_say_more(one)])
        reports = Report.objects.filter(item__in=keys).prefetch_related("addressees")
        self._reports = {report.item_id: report for report in reports}
        self._words_changed: list[Item] = []

    def bring_up_to_date(self, outcome: Outcome) -> list[Item]:
        """This function will write what is new, and give the items that it changed."""
        changed = [item for item, one in self._pairs if self._is_changed(item, one, outcome)]
        self._retag()
        return changed

    def _is_changed(self, item: Item, one: Taken, outcome: Outcome) -> bool:
        # Each is asked, whatever came of those before it.
        steps = (
            self._takes_report(item, one),
            self._takes_facts(item, one),
            self._takes_subjects(item, one),
            self._takes_names(item, one, outcome),
            self._takes_words(item, one, outcome),
        )
        return any(steps)

    def _takes_facts(self, item: Item, one: Taken) -> bool:
        before = [getattr(item, name) for name in _FIELDS]
        item.bearing = graver(Bearing(item.bearing), one.bearing).value
        if one.safeguarding is not Safeguarding.NO and item.safeguarding == Safeguarding.NO:
            item.safeguarding = one.safeguarding.value
        report = self._reports.get(item.pk)
        item.heard_on = report.sent_on if report and report.sent_on else min(item.heard_on, one.heard_on)
        if before == [getattr(item, name) for name in _FIELDS]:
            return False
        item.version += 1
        item.save(update_fields=[*_FIELDS, "version"])
        return True

    def _takes_subjects(self, item: Item, one: Taken) -> bool:
        lacking = [subject for subject in one.about if subject not in self._about[item.pk]]
        About.objects.bulk_create(About(item=item, subject_id=subject) for subject in lacking)
        return bool(lacking)

    def _takes_names(self, item: Item, one: Taken, outcome: Outcome) -> bool:
        """A name that the lists have made plain meanwhile waits no longer; what a person settled stays settled."""
        known = self._unplaced[item.pk]
        fresh = [name for name in one.waiting if name.words not in known]
        if fresh:
            Unplaced.objects.bulk_create(unplaced(item, name, self._bringing) for name in fresh)
        outcome.names |= {name.words for name in fresh}
        plain = {name.words for name in one.named if name.code}
        moot = [name.pk for words, name in known.items() if words in plain and not hasattr(name, "placing")]
        if moot:
            Unplaced.objects.filter(pk__in=moot).delete()
        return bool(fresh or moot)

    def _takes_words(self, item: Item, one: Taken, outcome: Outcome) -> bool:
        if not _may_say_more(one):
            return False
        written = self._written[item.pk]
        found = new_words(one.words[0].text, written)
        if found.is_held:
            outcome.held.append((one.line, WORDS_TAKEN_OUT))
            self._hold(item, WORDS_TAKEN_OUT)
        handling = one.words[0].handling
        Passage.objects.bulk_create(
            passage(item, Words(text, handling), len(written) + at, self._bringing, replaces)
            for at, (text, replaces) in enumerate(found.texts)
        )
        if found.texts:
            self._words_changed.append(item)
        return bool(found.texts)

    def _hold(self, item: Item, says: str) -> None:
        """Once, however often the file comes: until somebody decides, the same doubt is no second one."""
        if not Doubt.objects.standing().filter(item=item, says=says).exists():
            doubt(item, says, self._bringing).save(force_insert=True)

    def _takes_report(self, item: Item, one: Taken) -> bool:
        report = self._reports.get(item.pk)
        if report is None or one.report is None:
            return False
        rows = {folded(row.name): row for row in report.addressees.all()}
        kept = {key: _sent(row) for key, row in rows.items()}
        is_newer = newer(_as_of(kept.values()), one.report.as_of)
        told = sent_to(kept.values(), one.sent)
        added, gone, changed = only_new(kept, told)
        Addressee.objects.bulk_create(addressee(report, sent) for sent in added)
        if gone:
            Addressee.objects.filter(pk__in=[rows[key].pk for key in gone]).delete()
        for key, sent in changed:
            row = addressee(report, sent)
            row.pk, row.answered_on = rows[key].pk, rows[key].answered_on
            row.save(force_update=True)
        return self._takes_report_facts(report, one, is_newer=is_newer) or bool(added or gone or changed)

    def _takes_report_facts(self, report: Report, one: Taken, *, is_newer: bool | None) -> bool:
        assert one.report is not None
        before = (report.area, report.category, report.sent_on)
        report.area = stated(report.area, one.report.area[:200], is_newer=is_newer)
        report.category = stated(report.category, one.report.category[:250], is_newer=is_newer)
        days = [day.isoformat() if day else "" for day in (report.sent_on, one.report.sent_on)]
        sent_on = stated(*days, is_newer=is_newer)
        report.sent_on = date.fromisoformat(sent_on) if sent_on else None
        if before == (report.area, report.category, report.sent_on):
            return False
        report.save(update_fields=["area", "category", "sent_on"])
        return True

    def _retag(self) -> None:
        """The themes of an item are those of all its words, whichever edition brought them."""
        if not self._words_changed:
            return
        reader, bringing = self._bringing.themes, self._bringing
        texts: dict[UUID, list[str]] = defaultdict(list)
        rows = Passage.objects.filter(item__in=self._words_changed, replaced_by=None)
        for key, text in rows.values_list("item", "text"):
            texts[key].append(text)
        wanted: dict[UUID, dict[tuple[TagKind, str], str]] = {}
        for item in self._words_changed:
            themes = [theme for text in texts[item.pk] for theme in reader.themes(text)]
            tags = [(TagKind.THEME, theme) for theme in themes]
            tags += [(TagKind.DIMENSION, row) for row in reader.dimensions(themes)]
            wanted[item.pk] = dict.fromkeys(tags, reader.by)
        retag(self._words_changed, wanted, bringing.by.actor_id, bringing.at, reader.by)


def _may_say_more(one: Taken) -> bool:
    """A comment of other words is another comment, as its key says."""
    return bool(one.words) and one.kind is not Kind.COMMENT


def _written(keys: Sequence[UUID]) -> dict[UUID, list[Written]]:
    found: dict[UUID, list[Written]] = defaultdict(list)
    rows = Passage.objects.filter(item__in=keys).order_by("recorded_at", "place", "pk")
    for item, key, text, instead in rows.values_list("item", "pk", "text", "replaced_by__text"):
        found[item].append(Written(key, text, instead))
    return found


def _sent(row: Addressee) -> Sent:
    return Sent(row.name, row.organisation_id, AnswerStatus(row.status), row.due_on, row.stated_on)


def _as_of(sent: Iterable[Sent]) -> date | None:
    return max((one.stated_on for one in sent if one.stated_on), default=None)
