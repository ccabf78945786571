"""Many soft items in one table that a partner filled in: each good row waits, each bad one is listed with its mend."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TypeVar

from sightline.core.access import Handling
from sightline.core.intelligence.wording import LONGEST
from sightline.core.signals import Bearing, Dimension
from sightline.intake.cells import BadCell
from sightline.intake.contract import Fault, ReceivedFile, Table
from sightline.intake.rows import SEARCHED, Columns, Row, plain
from sightline.intelligence.sources._reading import Reading, past_day, tells_something
from sightline.intelligence.sources._text import hides_something, is_formula, narrative, one_line
from sightline.intelligence.sources.contract import NamedSubject, Passage, Telling, TextParsed
from sightline.intelligence.words import Certainty, Channel, Kind

NAME = "many_items"
TITLE = "Many items of soft intelligence"
PUBLISHER = "A partner of the group"
ADDRESS = "Downloaded from Sightline, filled in, and brought back"

T = TypeVar("T")

COLUMNS: Columns = {
    "about": ("About", "Code or name", "Organisation", "Subject", "Who it is about", "Whom it is about"),
    "what": ("What", "What was said", "What you heard", "What did you hear", "Text", "Detail"),
    "heard": ("Date heard", "Heard on", "Date", "When", "When heard"),
    "source": ("Source", "Source of information", "Where it comes from"),
    "sure": ("How sure", "How sure are you", "Certainty"),
    "bearing": ("Positive or concern", "Concern or positive", "Good or concern", "Kind"),
    "dimension": ("Dimension", "Dimensions", "Quality dimension", "Dimension of quality"),
    "handling": ("Who may see", "Who may see it", "Handling"),
    "verbal": ("Verbal", "Verbal only", "Told verbally"),
    "fewer": ("Passage for fewer", "For fewer", "Words for named people only"),
    "why": ("Why for fewer", "Why named people only", "Why not all members"),
    "giver": ("Told by", "Given by", "Organisation that tells it"),
}
_OPTIONAL = {"source", "sure", "dimension", "handling", "verbal", "fewer", "why", "giver"}
# What the page that offers the template says of each column, in its order.
COLUMNS_EXPLAINED: tuple[tuple[str, str], ...] = (
    ("About", "Whom it is about: a code or a name. Several are told apart by semicolons."),
    ("What", "What was heard or seen, in a sentence or a few. Leave out names of patients and staff."),
    ("Date heard", "The day, as 2025-05-31 or 31/05/2025."),
    ("Source", "Where it comes from, as the list of sources calls it. May be blank."),
    ("How sure", "Sure, fairly sure or hunch. May be blank."),
    ("Positive or concern", "Concern, positive or neither."),
    ("Dimension", "Dimensions of quality, such as safe or well-led, told apart by semicolons. May be blank."),
    ("Who may see", "Public, members, or named people. Blank means members."),
    ("Verbal", "Yes where it was only told by word of mouth. Blank means no."),
    ("Passage for fewer", "Words that only named people may see. May be blank."),
    ("Why for fewer", "Why the members may not all read it. Needed where something is for named people only."),
    ("Told by", "The organisation that tells it. Blank means yours."),
)
_SURE = {
    Certainty.SURE: ("sure", "certain", "very sure", "quite sure", "fact", "known"),
    Certainty.FAIRLY_SURE: ("fairly sure", "likely", "probable", "probably"),
    Certainty.HUNCH: ("hunch", "unsure", "not sure", "rumour", "feeling"),
}
_BEARING = {
    Bearing.CONCERN: ("concern", "a concern", "worry", "negative", "bad"),
    Bearing.IMPROVEMENT: ("positive", "good", "good practice", "improvement", "praise"),
    Bearing.NEITHER: ("neither", "neutral", "both", "mixed"),
}
_HANDLING = {
    Handling.PUBLIC: ("public", "anyone", "anybody", "everyone", "everybody"),
    Handling.MEMBERS: ("members", "members of the group", "the group", "group"),
    Handling.RESTRICTED: ("named people", "named readers", "restricted", "restricted list", "named people only"),
}
_DIMENSIONS = {
    Dimension.SAFE: ("safe", "safety"),
    Dimension.EFFECTIVE: ("effective", "effectiveness", "clinical effectiveness"),
    Dimension.CARING: ("caring",),
    Dimension.RESPONSIVE: ("responsive",),
    Dimension.PERSONALISED: ("personalised experience", "personalised", "experience", "patient experience"),
    Dimension.WELL_LED: ("well led", "leadership"),
    Dimension.SUSTAINABLE: ("sustainably resourced", "sustainable", "resources"),
    Dimension.EQUITABLE: ("equitable", "equity", "inequality", "inequalities"),
}
_YES, _NO = frozenset({"yes", "y", "true", "1", "x"}), frozenset({"", "no", "n", "false", "0"})
_CODE = re.compile(r"(?=[A-Z0-9-]*[0-9])[A-Z0-9]{1,12}(?:-[0-9]{3,12})?|[A-Z]{3}", re.ASCII)
_MOST_SUBJECTS = 20


def template_csv() -> str:
    """This function will give the table to be filled in: its headings, and no row that could be brought in by mistake."""
    out = io.StringIO()
    csv.writer(out).writerow([heading for heading, _ in COLUMNS_EXPLAINED])
    return out.getvalue()


def recognises(file: ReceivedFile) -> bool:
    """This function will know the table by three headings of the template, in any order and whatever their case."""
    return _table(file) is not None


def parse(file: ReceivedFile, today: date) -> TextParsed:
    """This function will read each row for itself: a bad one keeps no good one back, and none is lost (INT-01)."""
    found = _table(file)
    if found is None:
        return TextParsed(NAME, TITLE, faults=(Fault("The headings are not the template's.", "Take it anew."),))
    reading = Reading(file, has_footer=False)
    tellings: dict[str, Telling] = {}
    hidden = 0
    for row in reading.rows(*found, COLUMNS, _OPTIONAL):
        telling = _one(row, today)
        if telling is None:
            continue
        if tellings.setdefault(telling.key, telling) is telling:
            hidden += any(hides_something(text) for text in row.cells.values())
            reading.take(row)
        else:
            reading.join(row)
    report = reading.report
    if hidden:
        report.warnings.append(f"Marks that hide or turn text were taken out of {hidden:,} rows. Read them once more.")
    if others := len([table for table in file.tables if any(any(row) for row in table.rows)]) - 1:
        report.warnings.append(f"{others:,} other {'sheet was' if others == 1 else 'sheets were'} not read.")
    return reading.close(NAME, TITLE, list(tellings.values()))


def verify(parsed: TextParsed) -> Sequence[Fault]:
    """This function will refuse a table without rows."""
    return tells_something(parsed)


def _table(file: ReceivedFile) -> tuple[Table, int] | None:
    for table in file.tables:
        for at, row in enumerate(table.rows[:SEARCHED]):
            headings = {plain(cell) for cell in row}
            has = {key for key, names in COLUMNS.items() if headings & {plain(name) for name in names}}
            if {"about", "what", "bearing"} <= has:
                return table, at
    return None


def _one(row: Row, today: date) -> Telling | None:
    for key, text in row.cells.items():
        if is_formula(text):
            row.fault(
                "The cell holds a formula, or begins like one.",
                "Write the words themselves, with no sign such as = or @ before them.",
                key,
            )
    about, what = row.read("about", _subjects), row.read("what", _what)
    heard_on = past_day(row, "heard", today)
    if not row.text("heard"):
        row.fault("The day on which it was heard is missing.", "Write it as 2025-05-31 or 31/05/2025.", "heard")
    bearing = row.read("bearing", _bearing)
    dimensions, handling = row.read("dimension", _dimensions), row.read("handling", _handling)
    certainty, verbal = row.read("sure", _certainty), row.read("verbal", _is_yes)
    source, giver = row.read("source", one_line), row.read("giver", one_line)
    fewer, why = row.read("fewer", _prose), row.read("why", _prose)
    if not row.ok or about is None or what is None or bearing is None:
        return None
    return Telling(
        row.line,
        _key(about, what, fewer or "", heard_on),
        about,
        what,
        bearing,
        Kind.SOFT,
        heard_on=heard_on,
        dimensions=dimensions or (),
        source=source or "",
        giver=giver or "",
        certainty=certainty,
        channel=Channel.VERBAL if verbal else Channel.WRITTEN,
        handling=handling,
        fewer=Passage(fewer, Handling.RESTRICTED) if fewer else None,
        why_fewer=why or "",
    )


def _key(about: tuple[NamedSubject, ...], what: str, fewer: str, heard_on: date | None) -> str:
    words = "\n".join([*sorted(one.code or one.name for one in about), what, fewer, str(heard_on)])
    return hashlib.sha256(words.casefold().encode()).hexdigest()[:32]


def _subjects(text: str) -> tuple[NamedSubject, ...]:
    parts = [one_line(part) for part in re.split(r"[;\n]", text)]
    named = dict.fromkeys(part for part in parts if part)
    if not named:
        raise BadCell("It does not say whom it is about.", "Write a code or a name.")
    if len(named) > _MOST_SUBJECTS:
        raise BadCell(f"It names {len(named)} bodies.", f"Name at most {_MOST_SUBJECTS} in a row.")
    return tuple(NamedSubject(part, part if _CODE.fullmatch(part) else "") for part in named)


def _prose(text: str) -> str:
    return narrative(text, LONGEST)


def _what(text: str) -> str:
    words = _prose(text)
    if not words:
        raise BadCell("It does not say what was heard.", "Say it in a sentence.")
    return words


def _bearing(text: str) -> Bearing:
    return _one_of(_BEARING, text) or _refuse("It does not say whether it is a concern or positive.", _BEARING)


def _certainty(text: str) -> Certainty | None:
    if not text.strip():
        return None
    return _one_of(_SURE, text) or _refuse("How sure it is cannot be read.", _SURE)


def _handling(text: str) -> Handling:
    if not text.strip():
        return Handling.MEMBERS
    return _one_of(_HANDLING, text) or _refuse("Who may see it cannot be read.", _HANDLING)


def _dimensions(text: str) -> tuple[Dimension, ...]:
    found: dict[Dimension, None] = {}
    for part in re.split(r"[;,\n]", text):
        if part.strip():
            found[_one_of(_DIMENSIONS, part) or _refuse("A dimension of quality is not known.", _DIMENSIONS)] = None
    return tuple(found)


def _is_yes(text: str) -> bool:
    answer = text.strip().casefold()
    if answer in _YES or answer in _NO:
        return answer in _YES
    raise BadCell("It is neither yes nor no.", "Write yes or no.")


def _one_of(words: Mapping[T, tuple[str, ...]], text: str) -> T | None:
    said = plain(text)
    return next((meant for meant, names in words.items() if said in names), None)


def _refuse(says: str, words: Mapping[T, tuple[str, ...]]) -> T:
    raise BadCell(says, f"Write one of: {', '.join(names[0] for names in words.values())}.")
