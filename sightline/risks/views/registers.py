"""Pages of registers: which there are, one as a table and as a file, its self-checks, and how it moved."""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from sightline.core.access import Permission, may
from sightline.core.rulebook.selfchecks import Check
from sightline.risks.presenters import checks as check_words
from sightline.risks.presenters import movement as movement_words
from sightline.risks.presenters import registers as words
from sightline.risks.queries import checks, ledgers, movement, registers
from sightline.risks.queries.asked import Asked, Show, Sort
from sightline.risks.queries.ledgers import Ledger
from sightline.risks.queries.rules import risk_rules
from sightline.web import asking
from sightline.web.exporting import csv_file, file_to_keep
from sightline.web.gate import needs, reader
from sightline.web.wording import day
from sightline.web.workbook import XLSX, workbook

LOOKED_THROUGH = 1_000
"""Registers with more risks are looked through on their own page, and not to be counted in a list."""
SINCE = timedelta(days=92)


@require_safe
@needs(Permission.SEE_LEVELS)
def registers_page(request: HttpRequest) -> HttpResponse:
    """This function will list the registers that concern the reader (RSK-01)."""
    today, actor = timezone.localdate(), reader(request)
    found = ledgers.ledgers_of(actor, today)
    small = [one.ledger for one in found if one.open <= LOOKED_THROUGH]
    findings = {one: sum(checks.checks_of(actor, today, one).counts.values()) for one in small}
    rules = risk_rules(today)
    context = {"lines": words.ledger_lines(found, rules, findings), "rules": rules.registers}
    return render(request, "risks/registers.html", context)


@require_safe
@needs(Permission.SEE_LEVELS)
def register(request: HttpRequest, tier: str, organisation: uuid.UUID) -> HttpResponse:
    """This function will show one register, or as it stood on an earlier day (RSK-01)."""
    today, actor, asked = timezone.localdate(), reader(request), _asked(request)
    ledger, rules, number = _ledger(request, tier, organisation), risk_rules(today), asking.number(request)
    lines, total = registers.page_of(actor, today, ledger, asked, rules, number)
    owners = registers.owners_on(actor, today, ledger)
    address = words.question(asked)
    context = {
        "ledger": ledger,
        "name": words.name_of(ledger, rules),
        "says": rules.registers.tier(ledger.tier).says,
        "asked": asked,
        "on": asked.as_of or today,
        "since": (asked.as_of or today) - words.MOVED_IN,
        "rows": words.rows(lines, rules, asked.as_of or today),
        "total": total,
        "page": number,
        "last": max(1, -(-total // registers.A_PAGE)),
        "address": f"?{address}&" if address else "?",
        "question": f"?{address}" if address else "",
        "left_out": words.left_out(asked, rules, owners),
        "first": None if lines else registers.earliest_day(actor, today, ledger),
        "may_keep": bool(may(actor, Permission.KEEP_RISKS, today)),
        **words.filters(rules, owners),
    }
    return render(request, "risks/register.html", context)


@require_safe
@needs(Permission.SEE_LEVELS)
def register_csv(request: HttpRequest, tier: str, organisation: uuid.UUID) -> HttpResponse:
    """This function will give a register, as it is filtered, as a file of comma-separated values."""
    above, rows = _file(request, _ledger(request, tier, organisation))
    return csv_file("register.csv", [*((line,) for line in above), *rows])


@require_safe
@needs(Permission.SEE_LEVELS)
def register_xlsx(request: HttpRequest, tier: str, organisation: uuid.UUID) -> HttpResponse:
    """This function will give a register, as it is filtered, as a workbook."""
    above, rows = _file(request, _ledger(request, tier, organisation))
    return file_to_keep("register.xlsx", workbook("Register", rows, above=above), XLSX)


@require_safe
@needs(Permission.SEE_LEVELS)
def register_checks(request: HttpRequest, tier: str, organisation: uuid.UUID) -> HttpResponse:
    """This function will show what a register finds out about itself (RSK-15)."""
    today, actor = timezone.localdate(), reader(request)
    ledger, rules = _ledger(request, tier, organisation), risk_rules(today)
    found = checks.checks_of(actor, today, ledger)
    asked = asking.word(request, "check")
    chosen = Check(asked) if asked in set(Check) else None
    number = asking.number(request)
    shown = check_words.shown(found, rules.checks, chosen, number)
    named = checks.names_behind(actor, today, [one for group in shown for one in group.findings])
    context = {
        "ledger": ledger,
        "name": words.name_of(ledger, rules),
        "href": words.address_of(ledger),
        "risks": found.risks,
        "total": sum(found.counts.values()),
        "weights": check_words.weights(found, rules.checks),
        "groups": check_words.groups(shown, named),
        "chosen": chosen,
        "page": number,
        "last": check_words.pages(found, chosen),
        "off": check_words.switched_off(rules.checks),
        "rules": rules.checks,
        "on": today,
    }
    return render(request, "risks/register_checks.html", context)


@require_safe
@needs(Permission.SEE_LEVELS)
def register_checks_csv(request: HttpRequest, tier: str, organisation: uuid.UUID) -> HttpResponse:
    """This function will give all that a register finds out about itself as a file."""
    today, actor = timezone.localdate(), reader(request)
    ledger, rules = _ledger(request, tier, organisation), risk_rules(today)
    found = checks.checks_of(actor, today, ledger)
    named = checks.names_behind(actor, today, found.findings)
    rows = check_words.file_rows(
        found, rules.checks, named, f"{words.name_of(ledger, rules)} of {ledger.body.name}, {day(today)}"
    )
    return csv_file("self-checks.csv", rows)


@require_safe
@needs(Permission.SEE_LEVELS)
def register_movement(request: HttpRequest, tier: str, organisation: uuid.UUID) -> HttpResponse:
    """This function will show how a register moved over a year, and what moved most since a day."""
    today, actor = timezone.localdate(), reader(request)
    ledger, rules = _ledger(request, tier, organisation), risk_rules(today)
    since = min(asking.day(request, "since") or today - SINCE, today)
    months = movement.months_of(actor, today, ledger)
    moved = movement.moved_since(actor, today, ledger, rules.matrix, since)
    titles = checks.titles_of(actor, today, [one.risk for one in moved.moved])
    context = {
        "ledger": ledger,
        "name": words.name_of(ledger, rules),
        "href": words.address_of(ledger),
        "since": since,
        "on": today,
        "drawing": movement_words.drawing(months, rules.matrix),
        "keys": movement_words.keys(months, rules.matrix),
        "table": movement_words.table(months, rules.matrix),
        "groups": movement_words.groups(moved, titles, rules.matrix),
        "is_empty": not any(one.open for one in months),
    }
    return render(request, "risks/movement.html", context)


def _ledger(request: HttpRequest, tier: str, organisation: uuid.UUID) -> Ledger:
    found = ledgers.one_ledger(reader(request), timezone.localdate(), tier, organisation)
    if found is None:
        raise Http404
    return found


def _asked(request: HttpRequest) -> Asked:
    show, sort = asking.word(request, "show"), asking.word(request, "sort")
    as_of = asking.day(request, "as_of")
    return Asked(
        band=asking.word(request, "band"),
        category=asking.word(request, "category"),
        severity=asking.word(request, "severity"),
        owner=asking.word(request, "owner"),
        show=Show(show) if show in set(Show) else Show.OPEN,
        overdue=asking.word(request, "overdue") == "yes",
        above=asking.word(request, "above") == "yes",
        sort=Sort(sort) if sort in set(Sort) else Sort.SCORE,
        as_of=as_of if as_of and as_of < timezone.localdate() else None,
    )


def _file(request: HttpRequest, ledger: Ledger) -> tuple[list[str], list[tuple[str, ...]]]:
    """All of a register that fits, on one page however long, and what it is in words."""
    today, asked = timezone.localdate(), _asked(request)
    rules, on = risk_rules(today), asked.as_of or today
    lines, _ = registers.page_of(reader(request), today, ledger, asked, rules, 1, registers.EVERYTHING)
    only = words.left_out(asked, rules, registers.owners_on(reader(request), today, ledger))
    above = [f"{words.name_of(ledger, rules)} of {ledger.body.name} as of {day(on)}.", *([only] if only else [])]
    return above, words.file_rows(words.rows(lines, rules, on))
