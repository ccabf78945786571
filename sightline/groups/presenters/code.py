"""The code of conduct of a group in words, and who agreed to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sightline.groups.models import CodeAcceptance
from sightline.groups.queries.code import Agreed, CodeView
from sightline.web.wording import day, plural

_PREFIX = "Code of conduct: "


@dataclass(frozen=True, slots=True)
class CodePart:
    """One section of a code with what is undertaken in it."""

    title: str
    lines: tuple[str, ...]
    cites: str


@dataclass(frozen=True, slots=True)
class CodePage:
    """A code as its page shows it; ``own`` says when the reader agreed, and who did is for those who keep the group."""

    parts: tuple[CodePart, ...]
    number: int
    since: str
    own: str
    counted: str
    agreed: tuple[str, ...]
    not_yet: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CodeToAccept:
    """A code that somebody is yet to agree to, as their own page offers it."""

    group: UUID
    says: str


def code_page(code: CodeView, own: CodeAcceptance | None, agreed: Agreed | None) -> CodePage:
    """This function will put a code into words."""
    return CodePage(
        parts=tuple(CodePart(_title(outline.title), lines, outline.cites) for outline, lines in code.sections),
        number=code.since.number,
        since=f"As it is since version {code.since.number} of the terms, {day(code.since.recorded_at)}.",
        own=f"You agreed to it on {day(own.accepted_on)}." if own else "",
        counted=_counted(agreed) if agreed else "",
        agreed=tuple(f"{one.person.display_name}, {day(one.accepted_on)}" for one in agreed.agreed) if agreed else (),
        not_yet=tuple(one.display_name for one in agreed.not_yet) if agreed else (),
    )


def _title(title: str) -> str:
    bare = title.removeprefix(_PREFIX)
    return f"{bare[:1].upper()}{bare[1:]}"


def _counted(agreed: Agreed) -> str:
    did = plural(len(agreed.agreed), "person has", "people have")
    return (
        f"{did} agreed. {plural(len(agreed.not_yet), 'person who sits here has', 'people who sit here have')} not yet."
    )


def codes_offered(codes: Sequence[CodeView]) -> tuple[CodeToAccept, ...]:
    """This function will say which codes somebody is yet to agree to."""
    return tuple(CodeToAccept(one.group.pk, f"The code of conduct of {one.group.name}") for one in codes)
