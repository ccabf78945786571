"""Pages of one risk profile: read, write, compare, share, sign, review, print, take away."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from sightline.accounts.looking import is_clear
from sightline.accounts.queries import names_of
from sightline.core.access import Permission
from sightline.core.rulebook.tools import Domain
from sightline.core.triangulation.profiling import Side, Status, may_sign, may_write
from sightline.core.verdict import Already, Invalid, Verdict
from sightline.indicators.queries import catalogue
from sightline.profiles import forms, operations, queries
from sightline.profiles.giving import Overtaken
from sightline.profiles.models.profiles import Entry
from sightline.profiles.presenters import domains
from sightline.profiles.presenters import sheet as present
from sightline.profiles.presenters.words import DUTY, DUTY_SOURCE, SIDE, signal_words, stays
from sightline.profiles.queries import Sheet
from sightline.profiles.queries.sheets import Key, lines
from sightline.profiles.views.entering import ask, sheet_or_404
from sightline.web.asking import sent
from sightline.web.exporting import csv_file
from sightline.web.gate import needs, reader


@require_safe
@needs(Permission.SEE_PICTURE)
def profile_page(request: HttpRequest, profile: uuid.UUID) -> HttpResponse:
    """This function will show a whole profile, both sides beside each other."""
    sheet = sheet_or_404(request, profile)
    writes = sheet.writes
    earlier = queries.earlier_of(sheet)
    names = _names(sheet, earlier)
    context = {
        **_shown(request, sheet, names),
        "cards": domains.cards(sheet, names, _charts(request, sheet), earlier, explains=True),
        "why_stays": stays(sheet.profile.knowingly, sheet.explains(Side.COMMISSIONER)),
        "may_write": writes is not None and bool(may_write(writes, sheet.is_shared, sheet.is_followed)),
        "may_share": writes is Side.COMMISSIONER and bool(sheet.unshared) and not sheet.is_followed,
        "may_review": writes is Side.COMMISSIONER and sheet.status is Status.AGREED,
    }
    return render(request, "profiles/profile.html", context)


@require_safe
@needs(Permission.SEE_PICTURE)
def profile_print(request: HttpRequest, profile: uuid.UUID) -> HttpResponse:
    """This function will show a profile for paper: everything at once, with its handling and its signatures."""
    sheet = sheet_or_404(request, profile)
    names = _names(sheet)
    cards = domains.cards(
        sheet, names, _charts(request, sheet)
    )  # what leaves the house holds what was written, no more
    return render(request, "profiles/print.html", {**_shown(request, sheet, names), "cards": cards})


@require_safe
@needs(Permission.SEE_PICTURE)
def profile_csv(request: HttpRequest, profile: uuid.UUID) -> HttpResponse:
    """This function will give a profile as a table, its handling on top."""
    sheet = sheet_or_404(request, profile)
    return csv_file(f"risk-profile-{sheet.profile.pk}.csv", present.table(sheet, _names(sheet)))


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.WORK_ON_PROFILE)
def domain_page(request: HttpRequest, profile: uuid.UUID, domain: str) -> HttpResponse:
    """This function will ask one side for what it knows and thinks of a domain, beside what the other side says."""
    sheet, chosen = _domain_or_404(request, profile, domain)
    side = sheet.writes
    if side is None:
        raise Http404
    own = sheet.entries.get((chosen.id, side))
    earlier = queries.earlier_of(sheet)
    before = None if own else earlier.get((chosen.id, side))
    form = forms.EntryForm(
        sent(request),
        template=sheet.template,
        domain=chosen,
        signals=_choices(request, sheet, own),
        last=domains.last_hints(before),
        initial=_initial(own, before),
    )
    newest: Entry | None = None
    if request.method == "POST" and form.is_valid() and is_clear(form):
        try:
            operations.write_entry(
                by=reader(request),
                at=timezone.now(),
                profile=sheet.profile,
                domain=chosen.id,
                seen=form.cleaned_data["seen"],
                written=form.written(),
                knowingly=form.knowingly,
            )
        except Already as same:
            messages.info(request, same.problems[0])
            return redirect("profile", profile)
        except Overtaken as late:
            newest = late.newest
            form = _with_seen(form, newest)
        except Invalid as problem:
            form.add_error(None, list(problem.problems))
        else:
            messages.success(request, f"Saved: {chosen.name}.")
            return redirect("profile", profile)
    context = _domain_context(request, sheet, chosen, side, newest, earlier)
    status = 409 if newest else 400 if form.errors else 200
    return render(request, "profiles/domain.html", {"form": form, **context}, status=status)


@require_safe
@needs(Permission.SEE_PICTURE)
def domain_history(request: HttpRequest, profile: uuid.UUID, domain: str) -> HttpResponse:
    """This function will show every version of a domain that the reader may read, the newest first."""
    sheet, chosen = _domain_or_404(request, profile, domain)
    versions = queries.versions_of(sheet, chosen.id)
    names = names_of({entry.recorded_by for _, entry in versions})
    charts = _charts(request, sheet)
    blocks = [
        domains.block(sheet.template, entry, side, names, charts, why=domains.reasons(sheet, entry, side))
        for side, entry in versions
    ]
    return render(request, "profiles/history.html", {"sheet": sheet, "domain": chosen, "blocks": blocks})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.WORK_ON_PROFILE)
def profile_share(request: HttpRequest, profile: uuid.UUID) -> HttpResponse:
    """This function will ask which domains the provider is to be given."""
    sheet = sheet_or_404(request, profile)
    if sheet.writes is not Side.COMMISSIONER:
        raise Http404
    waiting = [(one.id, one.name) for one in sheet.template.domains if one.id in sheet.unshared]
    form = forms.ShareForm(sent(request), domains=waiting, copies=_copies(sheet, waiting))

    def act(**given: Any) -> object:
        return operations.share_entries(
            profile=sheet.profile, domains=form.cleaned_data["domains"], knowingly=form.knowingly, **given
        )

    context = {
        "sheet": sheet,
        "subject": sheet.profile.subject,
        "waiting": waiting,
        "holds": [row.side for row in present.signature_rows(sheet, {}) if row.holds],
    }
    said, template = "The provider can read it from now on.", "profiles/share.html"
    return ask(request, form, act, then=("profile", profile), said=said, template=template, context=context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.WORK_ON_PROFILE)
def profile_sign(request: HttpRequest, profile: uuid.UUID) -> HttpResponse:
    """This function will ask one side to sign the text that it has before it, and say what is in the way."""
    sheet = sheet_or_404(request, profile)
    if sheet.writes is None:
        raise Http404
    form = forms.SignForm(sent(request), initial={"seen": sheet.now})

    def act(**given: Any) -> object:
        return operations.sign_profile(profile=sheet.profile, seen=form.cleaned_data["seen"], **given)

    names = _names(sheet)
    context = {
        **_shown(request, sheet, names),
        "cards": domains.cards(sheet, names, _charts(request, sheet)),
        "verdict": _verdict(request, sheet, sheet.writes),
        "side": SIDE[sheet.writes],
    }
    said, template = "Signed. Any later change leaves your signature void.", "profiles/sign.html"
    return ask(request, form, act, then=("profile", profile), said=said, template=template, context=context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.WORK_ON_PROFILE)
def profile_review(request: HttpRequest, profile: uuid.UUID) -> HttpResponse:
    """This function will ask for the measures as they stand after their yearly review (RSK-10)."""
    sheet = sheet_or_404(request, profile)
    if sheet.writes is not Side.COMMISSIONER:
        raise Http404
    form = forms.ReviewForm(sent(request), initial={"measures": "\n".join(sheet.measures)})

    def act(**given: Any) -> object:
        said = {name: form.cleaned_data[name] for name in ("form_key", "because")}
        return operations.review_measures(
            profile=sheet.profile, measures=form.listed(), knowingly=form.knowingly, **said, **given
        )

    row = present.profile_row(sheet, timezone.localdate())
    context = {"sheet": sheet, "subject": sheet.profile.subject, "row": row, "is_agreed": sheet.status is Status.AGREED}
    said, template = "The review is recorded. The next is due in a year.", "profiles/review.html"
    return ask(request, form, act, then=("profile", profile), said=said, template=template, context=context)


# --- shared by the above


def _shown(request: HttpRequest, sheet: Sheet, names: Mapping[str, str]) -> dict[str, Any]:
    signatures = present.signature_rows(sheet, names)
    return {
        "sheet": sheet,
        "subject": sheet.profile.subject,
        "row": present.profile_row(sheet, timezone.localdate()),
        "signatures": signatures,
        "void": present.void_words(signatures),
        "reviews": present.review_rows(sheet, names, sheet.agreed_measures),
        "handling": present.handling_words(sheet),
        "started_by": names.get(sheet.profile.started_by, ""),
        "is_provider": sheet.reads is Side.PROVIDER,
        "version": sheet.profile.template.version,
        "duty": DUTY,
        "duty_source": DUTY_SOURCE,
    }


def _charts(request: HttpRequest, sheet: Sheet) -> queries.Charts:
    return queries.charts_of(reader(request), timezone.localdate(), sheet.profile.subject)


def _names(sheet: Sheet, earlier: Mapping[Key, queries.Earlier] | None = None) -> dict[str, str]:
    people = {entry.recorded_by for entry in sheet.entries.values()}
    people |= {one.entry.recorded_by for one in (earlier or {}).values()}
    people |= {one.signed_by for one in sheet.signatures} | {one.recorded_by for one in sheet.reviews}
    return names_of(people | {sheet.profile.started_by})


def _domain_or_404(request: HttpRequest, profile: uuid.UUID, domain: str) -> tuple[Sheet, Domain]:
    sheet = sheet_or_404(request, profile)
    chosen = sheet.template.domain(domain)
    if chosen is None:
        raise Http404
    return sheet, chosen


def _choices(request: HttpRequest, sheet: Sheet, own: Entry | None) -> list[str]:
    """The signals that stand, and those that the newest version already keeps in the words of its day."""
    standing = queries.standing_signals(reader(request), timezone.localdate(), sheet.profile.subject)
    return list(dict.fromkeys([*(lines(own.signals) if own else ()), *signal_words(standing, catalogue())]))


def _initial(own: Entry | None, before: queries.Earlier | None) -> dict[str, Any]:
    """What the side wrote last in this profile, else the words of the one before; judgements are not carried over."""
    if own is None:
        return {"seen": 0, **(before.texts if before else {})}
    names = ("evidence_for", "evidence_against", "good_practice", "view", "measures", "confidence")
    scores = {name: str(getattr(own, name) or "") for name in ("likelihood", "consequence")}
    return {"seen": own.number, "signals": lines(own.signals), **scores, **{name: getattr(own, name) for name in names}}


def _copies(sheet: Sheet, waiting: Sequence[tuple[str, str]]) -> dict[str, dict[str, str]]:
    """The words that would be copied for the provider, by domain and by place."""
    return {
        domain: {
            f"{name}, {domains.place_words(field)}": words
            for field, words in sheet.entries[domain, Side.COMMISSIONER].prose.items()
        }
        for domain, name in waiting
    }


def _with_seen(form: forms.EntryForm, newest: Entry) -> forms.EntryForm:
    """The form as it was typed, which now knows of the newer version: sent again, it is saved on top of that."""
    typed = form.data.copy()  # type: ignore[attr-defined]  # a form that was sent holds a QueryDict
    typed["seen"] = str(newest.number)
    form.data = typed
    return form


def _domain_context(
    request: HttpRequest,
    sheet: Sheet,
    domain: Domain,
    side: Side,
    newest: Entry | None,
    earlier: Mapping[Key, queries.Earlier],
) -> dict[str, Any]:
    charts = _charts(request, sheet)
    other = sheet.entries.get((domain.id, side.other))
    before = earlier.get((domain.id, side.other))
    names = names_of({one.recorded_by for one in (other, newest, before.entry if before else None) if one})
    return {
        "sheet": sheet,
        "subject": sheet.profile.subject,
        "domain": domain,
        "side": SIDE[side],
        "is_provider": side is Side.PROVIDER,
        "other_side": SIDE[side.other],
        "other": domains.block(sheet.template, other, side.other, names, charts, before=before) if other else None,
        "other_before": domains.earlier_block(before, side.other, names, charts) if before and not other else None,
        "newest": domains.block(sheet.template, newest, side, names, charts) if newest else None,
        "verdict": may_write(side, sheet.is_shared, sheet.is_followed),
        "signed": [row.side for row in present.signature_rows(sheet, {}) if row.holds],
    }


def _verdict(request: HttpRequest, sheet: Sheet, side: Side) -> Verdict:
    """What is in the way of a signature: the very rule by which the operation refuses."""
    actor = reader(request)
    asked = queries.asked_to_sign(sheet, side, actor.actor_id, sheet.now)
    return queries.may_sign_for_side(actor, timezone.localdate(), side) & may_sign(asked)
