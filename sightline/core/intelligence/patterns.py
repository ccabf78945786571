"""The shapes in which people write numbers and addresses that name a person, each searched in one pass.

Every pattern works on folded text (see ``folding``). None may try a stretch of text again and again: repetitions are
bounded, or possessive, or begin at a border, so that the time grows with the length of the text and no faster.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

Span = tuple[int, int]
_NOT_DIGITS = re.compile(r"[^0-9]+")

# --- National Insurance numbers ---------------------------------------------------------------------------------------
_NINO = re.compile(
    r"(?<![A-Za-z0-9])(?i:(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z])"
    r"(?P<gap>[ .-]?)[0-9]{2}[ .-]?[0-9]{2}[ .-]?[0-9]{2}(?:[ .-]?(?P<last>[A-Da-d]))?(?![A-Za-z0-9])"
)
_INSURANCE = re.compile(r"(?i)\b(?:national insurance|n\.?i\.?|nino)\b")


def insurance_numbers(text: str) -> Iterator[Span]:
    """This function will yield National Insurance numbers; without their last letter only where the text says so."""
    for found in _NINO.finditer(text):
        spaced = any(mark in found[0] for mark in " .-")
        as_written = found["last"] and (found[0].isupper() or (found[0].islower() and not spaced))
        if as_written or _INSURANCE.search(text, max(0, found.start() - 40), found.start()):
            yield found.span()


# --- Dates of birth ---------------------------------------------------------------------------------------------------
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_DAY, _OF_YEAR = r"(?:0?[1-9]|[12][0-9]|3[01])", r"(?:0?[1-9]|1[0-2])"
_YEARS = r"'?(?:(?:18|19|20)[0-9]{2}|[0-9]{2})(?![0-9])"
_DATE = (
    rf"(?:{_DAY} ?[./ -] ?{_OF_YEAR} ?[./ -] ?{_YEARS}"
    rf"|(?:18|19|20)[0-9]{{2}}[./-]{_OF_YEAR}[./-]{_DAY}(?![0-9])"
    rf"|{_DAY}(?:st|nd|rd|th)?[ -]{{0,2}}(?:of )?{_MONTH},?[ -]{{0,2}}{_YEARS}"
    rf"|{_MONTH} {{0,2}}{_DAY}(?:st|nd|rd|th)?,? {{0,2}}{_YEARS})"
)
_BIRTH = r"\bd\.? ?o\.? ?b\b\.?|\bdates? of birth\b|\bbirth ?dates?\b|\bbirthdays?\b"
_BORN = re.compile(rf"(?i)(?P<birth>{_BIRTH})|\b(?<!new )(?<!new-)(?:still)?born\b")
_DATED = re.compile(rf"(?i)(?<![0-9])(?<![0-9][./-]){_DATE}")
_DATED_BEFORE = re.compile(rf"(?i)(?<![0-9])(?<![0-9][./-])(?P<date>{_DATE})[ ,:(\[=-]{{0,4}}\Z")
_SHORT = re.compile(r"[^\w\n]{0,4}(?P<date>[0-9]{8}|[0-9]{6})(?![0-9])")
_NEXT_DATE = re.compile(r"\.? ?[:=-]? ?[0-9]")
_AGED = re.compile(
    rf"(?i)\b(?:aged?|age of)\b:? ?[0-9]{{1,3}}(?: ?(?:years?|yrs?)(?: old)?)?[ ,;:(\[-]{{1,3}}(?P<date>{_DATE})"
)
# Between the word and the date the text has turned to something else.
_TURNED = re.compile(
    r"(?i)[0-9]|[.!?;] |\n\s*\n|\b(?:and|or|but|between|since|after|before|from|until|by|out|unknown|not|seen|admitted|"
    r"died|discharged|moved|transferred|incident|reported|reviewed|visited|assessed|inspected|attended|checked|"
    r"confirmed)\b"
)
_NEAR, _LONGEST_DATE = 60, 30


def birth_dates(text: str) -> Iterator[Span]:
    """This function will yield full dates that the words beside them call somebody's birth; no other date."""
    words = list(_BORN.finditer(text))
    borders = [0, *(word.start() for word in words), len(text)]
    # Each word looks no further than to the next one, so that no stretch is searched twice.
    for word, before, after in zip(words, [0, *(word.end() for word in words)], borders[2:], strict=False):
        limit = min(after, word.end() + _NEAR + _LONGEST_DATE)
        if found := _DATED.search(text, word.end(), limit):
            if not _TURNED.search(text, word.end(), found.start()):
                yield found.span()
        elif word["birth"] and (found := _SHORT.match(text, word.end())):
            yield found.span("date")
        if word["birth"] and not _NEXT_DATE.match(text, word.end()):
            start = max(before, word.start() - _LONGEST_DATE)
            if found := _DATED_BEFORE.search(text, start, word.start()):
                yield found.span("date")
    for found in _AGED.finditer(text):
        yield found.span("date")


# --- Telephones, e-mail, postcodes ------------------------------------------------------------------------------------
_MORE = r"(?:[ .()-]{0,2}[0-9])"
_TELEPHONE = re.compile(
    r"(?<![\w+])(?<![0-9][.,/-])(?:"
    rf"(?P<abroad>\(?(?:\+|00) ?44\)?[ .-]{{0,2}}(?:\(0\)|0)?[ .-]?[1-9]{_MORE}{{8,9}}"
    rf"|\+[1-9]{_MORE}{{9,14}})"
    rf"|(?P<home>\(?0[1235789][0-9]{_MORE}{{7,8}}|\(0\) ?[1235789][0-9]{_MORE}{{7,8}})"
    r")(?![0-9])"
)
_TEN_DIGITS = re.compile(r"\(?(?:0500|0800|0845|01[0-9]{3}\)?[ .-])")
_MAIL = re.compile(r"(?<![\w.%+'&-])[\w.%+'&-]++@[A-Za-z0-9-]++(?:\.[A-Za-z0-9-]++)+")


def telephones(text: str) -> Iterator[Span]:
    """This function will yield telephone numbers as they are written in the United Kingdom, or from abroad."""
    for found in _TELEPHONE.finditer(text):
        whole = found["abroad"] or len(digits(found[0])) == 11 or _TEN_DIGITS.match(found[0])
        if whole:
            yield found.span()


def mails(text: str) -> Iterator[Span]:
    """This function will yield e-mail addresses."""
    for found in _MAIL.finditer(text):
        yield found.span()


_AREAS = frozenset(
    re.findall(
        "[A-Z]+",
        "AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN EX FK "
        "FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN "
        "NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW "
        "UB W WA WC WD WF WN WR WS WV YO ZE",
    )
)
_IN_LONDON = frozenset(
    {"E1", "N1", "NW1", "SE1", "SW1", "W1", "EC1", "EC2", "EC3", "EC4", "WC1", "WC2"}
)  # then a letter
_POSTCODE = re.compile(
    r"(?<![A-Za-z0-9])(?P<outward>(?P<area>[A-Za-z]{1,2})(?P<district>[1-9][0-9]?|0|[1-9][A-Za-z]))"
    r"(?P<gap> {0,2})(?P<inward>[0-9](?i:[ABD-HJLNP-UW-Z]{2}))(?![A-Za-z0-9])"
)
# “B1 2nd floor”, “E4 2hr”, “B12 5ug”: a ward or a vitamin, and then a number with its unit.
_UNIT = re.compile(r"[0-9](?:st|nd|rd|th|hr|wt|ug|ng|pg|ft|pt|yr|St|Nd|Rd|Th|Hr)")
_PLACE = re.compile(r"(?i)\b(?:ward|bay|bed|band|room|theatre|vitamin|level|grade)s? $")


def postcodes(text: str) -> Iterator[Span]:
    """This function will yield postcodes of real areas: in any case with a space, in capitals without one."""
    for found in _POSTCODE.finditer(text):
        outward = found["outward"].upper()
        is_real = outward[:-1] in _IN_LONDON if outward[-1].isalpha() else found["area"].upper() in _AREAS
        written = found["gap"] or found[0].isupper()
        before = text[max(0, found.start() - 9) : found.start()]
        if is_real and written and not _UNIT.fullmatch(found["inward"]) and not _PLACE.search(before):
            yield found.span()


def digits(text: str) -> str:
    """This function will keep the digits of a text and nothing else."""
    return _NOT_DIGITS.sub("", text)
