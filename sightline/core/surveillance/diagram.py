"""The levels of one guidance as a diagram and a table, made from the rules, so that no drawing can differ from them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations

from sightline.core.rulebook.authority import Authorities, Authority
from sightline.core.rulebook.circumstances import Circumstances, Commissioner
from sightline.core.rulebook.levels import Level, Skip, Slot
from sightline.core.surveillance.authorising import authority_for
from sightline.core.surveillance.facts import LevelRules, SubjectFacts


def state_diagram(rules: LevelRules, commissioned_by: Commissioner = Commissioner.ICB) -> str:
    """This function will draw every move and who authorises it, as a Mermaid state diagram (LVL-01, SUR-01)."""
    lines = ["stateDiagram-v2", f"    [*] --> {_node(rules.levels.lowest)}"]
    lines += [f"    {_node(one)}: {one.name} ({one.code})" for one in rules.levels.levels]
    subject = SubjectFacts("any", "Any", Circumstances(commissioned_by=commissioned_by))
    for before, after in moves(rules):
        authority = authority_for(rules, subject, before, after)
        who = _names(rules.authority, authority.slots if authority else ())
        lines.append(f"    {_node(before)} --> {_node(after)}: {who}{_condition(rules, before, after)}")
    return "\n".join(lines) + "\n"


def table(rules: LevelRules) -> str:
    """This function will set out, as Markdown, who authorises each move by each way of commissioning (LVL-05 to LVL-07)."""
    lines = ["| From | To | Commissioned by | Authorised by | With a recorded reason also | Source |"]
    lines.append("|---|---|---|---|---|---|")
    for before, after in moves(rules):
        asked: dict[Authority, list[str]] = {}
        for words, subject in _cases(rules.authority):
            found = authority_for(rules, subject, before, after)
            if found is not None:
                asked.setdefault(found, []).append(words)
        for found, routes in asked.items():
            words = "whoever commissions" if len(asked) == 1 else ", ".join(routes)
            lines.append("| " + " | ".join(_cells(rules.authority, before, after, words, found)) + " |")
    return "\n".join(lines) + "\n"


def moves(rules: LevelRules) -> Iterator[tuple[Level, Level]]:
    """This function will give each pair of levels between which a subject may move at all, whatever else is needed."""
    for before, after in permutations(rules.levels.levels, 2):
        if rules.levels.skipping.rule is not Skip.NEVER or after.rank <= before.rank + 1:
            yield before, after


def _cases(authority: Authorities) -> Iterator[tuple[str, SubjectFacts]]:
    for one in authority.commissioners:
        yield one.name, SubjectFacts("any", "Any", Circumstances(commissioned_by=one.id))
    if any(one.is_the_icb for one in authority.authorities):
        yield "(the ICB itself is the subject)", SubjectFacts("any", "Any", Circumstances(is_the_icb=True))


def _cells(authority: Authorities, before: Level, after: Level, words: str, found: Authority) -> tuple[str, ...]:
    override = _names(authority, found.override) or "nobody"
    return before.name, after.name, words, _names(authority, found.slots), override, found.cites


def _condition(rules: LevelRules, before: Level, after: Level) -> str:
    is_skip = after.rank > before.rank + 1
    return " (to protect people)" if is_skip and rules.levels.skipping.rule is Skip.TO_PROTECT else ""


def _names(authority: Authorities, slots: tuple[Slot, ...]) -> str:
    return " or ".join(authority.name(slot) for slot in slots)


def _node(level: Level) -> str:
    return level.id.replace("-", "_")
