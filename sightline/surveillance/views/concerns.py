"""The list of concerns, one concern with everything known of it, and the copy that may be taken away."""

from __future__ import annotations

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from sightline.accounts.queries import names_of
from sightline.core.access import Permission, may
from sightline.core.rulebook.circumstances import Severity
from sightline.core.surveillance.concerning import may_close_concern
from sightline.groups.queries import pack_of
from sightline.groups.viewers import viewer_of
from sightline.indicators.queries import catalogue
from sightline.surveillance.operations import copy_concerns
from sightline.surveillance.presenters import concern_evidence as pieces
from sightline.surveillance.presenters import concerns as present
from sightline.surveillance.queries import concern_evidence
from sightline.surveillance.queries import concerns as queries
from sightline.web import asking
from sightline.web.exporting import csv_file
from sightline.web.gate import needs, reader


@require_safe
@needs(Permission.SEE_INTELLIGENCE)
def concerns_page(request: HttpRequest) -> HttpResponse:
    """This function will list the concerns that the reader hears of, with filters that stay in the address."""
    today, actor, asked = timezone.localdate(), reader(request), _asked(request)
    page = asking.number(request)
    rows, total = queries.page_of_concerns(actor, today, asked, page)
    registers = queries.registers_for(pack_of("", today), today)
    context = {
        "asked": asked,
        "address": _address(asked),
        "lines": present.concern_lines(rows, registers),
        "total": total,
        "page": page,
        "pages_in_all": max(1, -(-total // queries.A_PAGE)),
        "states": present.STATES,
        "severities": list(present.severity_names(registers).items()),
        "waiting": present.WAITING,
        "subject": queries.subject_heard(actor, today, asked.subject) if asked.subject else None,
        "is_filtered": asked != queries.AskedConcerns(),
        "at_most": queries.AT_MOST,
        "may_raise": bool(may(actor, Permission.RAISE_CONCERN, today)),
    }
    return render(request, "surveillance/concerns.html", context)


@require_POST
@needs(Permission.SEE_INTELLIGENCE)
def concerns_csv(request: HttpRequest) -> HttpResponse:
    """This function will give what is listed as a file, and record that a copy was taken."""
    today, actor, now = timezone.localdate(), reader(request), timezone.now()
    rows = queries.concerns_to_copy(actor, today, _asked(request))
    copy_concerns(by=actor, at=now, concerns=[row.concern.pk for row in rows])
    told = present.copy_rows(
        rows,
        queries.registers_for(pack_of("", today), today),
        taken_by=names_of({actor.actor_id}).get(actor.actor_id, ""),
        at=now,
        is_whole=len(rows) < queries.AT_MOST,
    )
    return csv_file("concerns.csv", told)


@require_safe
@needs(Permission.SEE_INTELLIGENCE)
def concern_page(request: HttpRequest, concern: uuid.UUID) -> HttpResponse:
    """This function will show one concern: what is said of it, its evidence, what it lacks, and what may be done."""
    today, actor = timezone.localdate(), reader(request)
    found = queries.one_concern(actor, today, concern)
    if found is None:
        raise Http404
    seen = concern_evidence.evidence_of(actor, today, found)
    known = queries.as_seen(queries.known_concern(found, today), seen)
    registers = queries.registers_for(known.guidance.pack, today)
    names = names_of(known.people)
    keeps = viewer_of(actor, today).keeps_record_of(found.system)
    may_work = known.facts.is_open and queries.works_on(actor, today, found)
    statements = present.statement_lines(
        known.statements,
        names,
        registers,
        known.guidance.levels.authority.commissioners,
        keeps,
    )
    context = {
        "concern": found,
        "subject": found.subject,
        "known": known,
        "raised_by": names.get(found.recorded_by, present.UNKNOWN),
        "newest": statements[0],
        "earlier": statements[1:],
        "groups": pieces.evidence_groups(seen, catalogue(), may_work),
        "removed": pieces.removed_lines(seen, catalogue(), keeps),
        "referrals": [present.referral_words(one, names, keeps) for one in known.referrals],
        "owes_referral": known.facts.is_abuse_suspected and not known.facts.is_referred,
        "lead": present.lead_words(known.lead, keeps) if known.lead else "",
        "several": known.subject.case.concerns_several,
        "closing": may_close_concern(known.facts, is_theirs=queries.closes_it(actor, today, found)),
        "ended": present.ending_words(known.ending, names, keeps) if known.ending else "",
        "may_work": may_work,
        "may_agree": may_work and bool(may(actor, Permission.KEEP_GROUPS, today)),
        "may_raise": bool(may(actor, Permission.RAISE_CONCERN, today)),
    }
    return render(request, "surveillance/concern.html", context)


def _asked(request: HttpRequest) -> queries.AskedConcerns:
    state = asking.word(request, "state", queries.OPEN)
    severity = asking.word(request, "severity")
    return queries.AskedConcerns(
        state=state if state in {queries.OPEN, queries.CLOSED} else "",
        severity=severity if severity in set(Severity) else "",
        subject=_id(asking.word(request, "subject")),
        waiting=asking.word(request, "waiting") == "yes",
    )


def _address(asked: queries.AskedConcerns) -> str:
    told = {"state": asked.state, "severity": asked.severity, "subject": str(asked.subject or "")}
    return f"?{urlencode({**told, 'waiting': 'yes' if asked.waiting else ''})}&"


def _id(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
