"""One action in words: how it stands, and what happened to it, step by step."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from sightline.actions.models import ActionClosing, ActionOwner, ActionStatement
from sightline.actions.presenters.log import owner_name
from sightline.actions.queries import ActionView
from sightline.actions.words import KIND, OUTCOME
from sightline.core.actions.facts import ActionKind, Outcome
from sightline.web.wording import day

SHORT = 120
DEEDS = (
    ("action_owner", "Give it to another owner"),
    ("action_due", "Change the due date"),
    ("action_review", "The group looked at it"),
    ("action_restate", "Word it anew"),
    ("action_close", "Close it"),
)


@dataclass(frozen=True, slots=True)
class Happening:
    """One step of an action's history."""

    at: datetime
    who: str
    what: str
    says: str = ""
    stays: str = ""  # why what looks like personal data stays in its words


def short(words: str) -> str:
    """This function will shorten words to what fits a heading."""
    line = " ".join(words.split())
    return line if len(line) <= SHORT else f"{line[:SHORT].rsplit(' ', 1)[0]} …"


def deeds(view: ActionView) -> list[tuple[str, str]]:
    """This function will offer what the reader may do about an action, as names of addresses and words."""
    if view.is_closed:
        return [("action_review", "The group looked at it"), ("action_reopen", "Open it again")] if view.keeps else []
    report = [("action_report", "Say how it goes")] if view.may_report else []
    return [*report, *(DEEDS if view.keeps else ())]


def history(view: ActionView, names: Mapping[str, str]) -> list[Happening]:
    """This function will tell what happened to an action, the newest first (ACT-08)."""
    return sorted(_happenings(view, names), key=lambda one: one.at, reverse=True)


def _happenings(view: ActionView, names: Mapping[str, str]) -> Iterator[Happening]:
    def step(row: object, what: str, says: str = "") -> Happening:
        who = names.get(getattr(row, "recorded_by", ""), "")
        stays = getattr(row, "knowingly", "") if view.keeps else ""
        return Happening(getattr(row, "recorded_at"), who, what, says, stays)  # noqa: B009 - any of several kinds of row

    yield from (step(one, f"Worded anew{_was(one, view)}", one.because) for one in view.statements[1:])
    for before, after in zip(view.owners, view.owners[1:], strict=False):
        says = after.because if view.hears else ""
        yield step(after, f"Handed over from {_owner(before)} to {_owner(after)}", says)
    for earlier, later in zip(view.dues, view.dues[1:], strict=False):
        yield step(later, f"Due date moved from {day(earlier.due_on)} to {day(later.due_on)}", later.because)
    yield from (step(one, "How it goes", one.says) for one in view.reports)
    yield from (step(one, f"Looked at by the group on {day(one.reviewed_on)}", one.comment) for one in view.reviews)
    for closing in view.closings:
        yield step(closing, f"Closed on {day(closing.closed_on)}: {_outcome(closing)}", closing.impact)
        if hasattr(closing, "reopening"):
            yield step(
                closing.reopening, f"Opened again on {day(closing.reopening.reopened_on)}", closing.reopening.because
            )
    first, owner, due = view.action, view.owners[0], view.dues[0]
    raised = f"Raised on {day(first.raised_on)}, for {_owner(owner)} to do by {day(due.due_on)}"
    stays = view.statements[0].knowingly if view.keeps else ""
    yield Happening(first.recorded_at, names.get(first.recorded_by, ""), raised, stays=stays)


def _was(statement: ActionStatement, view: ActionView) -> str:
    before = next(one for one in view.statements if one.number == statement.number - 1)
    changed = [
        f"{name} was “{old}”"
        for name, old, new in (
            ("the issue", before.issue, statement.issue),
            ("what is to be done", before.resolution, statement.resolution),
            ("how one knows", before.done_when, statement.done_when),
            ("the type", KIND[ActionKind(before.kind)], KIND[ActionKind(statement.kind)]),
            ("the disagreement", before.disagreement, statement.disagreement),
        )
        if old != new and old
    ]
    return f": {'; '.join(changed)}" if changed else ""


def _owner(owner: ActionOwner) -> str:
    return f"{owner_name(owner)} ({owner.organisation.name})"


def _outcome(closing: ActionClosing) -> str:
    return OUTCOME[Outcome(closing.outcome)].lower()
