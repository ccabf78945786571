"""Pages of referrals: what must still be referred, what was, what came from other groups, and receipts."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from sightline.core.access import Permission, may
from sightline.intelligence.forms.handling import ReceiptForm, ReferralForm
from sightline.intelligence.operations import note_receipt, refer
from sightline.intelligence.presenters.handling import owed_line, passed_line
from sightline.intelligence.queries import one_item
from sightline.intelligence.queries import reviewing as queries
from sightline.intelligence.views.asking import ASK_AND_ANSWER, ask
from sightline.intelligence.wording_handling import REFER
from sightline.intelligence.words import ReferralKind
from sightline.rulebook.queries import part
from sightline.web.asking import sent
from sightline.web.gate import needs, reader


@require_safe
@needs(Permission.SHARE_INTELLIGENCE)
def referrals(request: HttpRequest) -> HttpResponse:
    """This function will list the referrals that the reader may see, safeguarding not yet referred first."""
    today, actor = timezone.localdate(), reader(request)
    owed = queries.referrals_owed(actor, today)
    shown = {
        "owed": [owed_line(item, [one.name for one in subjects], what) for item, subjects, what in owed],
        "received": [passed_line(one) for one in queries.referrals_received(actor, today)],
        "made": [passed_line(one) for one in queries.referrals_made(actor, today)],
        "keeps": bool(may(actor, Permission.REVIEW_INTELLIGENCE, today)),
    }
    return render(request, "intelligence/referrals.html", shown)


@require_http_methods(ASK_AND_ANSWER)
@needs(Permission.SHARE_INTELLIGENCE)
def item_refer(request: HttpRequest, item: UUID, kind: str) -> HttpResponse:
    """This function will record that a matter was passed on."""
    today, actor = timezone.localdate(), reader(request)
    found = one_item(actor, today, item)
    if found is None or kind not in set(ReferralKind):
        raise Http404
    of = ReferralKind(kind)
    prompts = [one for one in part("safeguarding", today).prompts if one.kind.value == of.value]
    form = ReferralForm(
        sent(request),
        kind=of,
        groups=queries.other_groups(found, today),
        bodies=[body.name for one in prompts[:1] for body in one.bodies],
        initial={"referred_on": today},
    )
    shown = {"item": item, "title": REFER[of], "does": "Record it", "says": prompts[0].says if prompts else ""}

    def act(**given: Any) -> object:
        return refer(item=found, kind=of, **given)

    return ask(request, form, act, lambda _: redirect("item", item=item), shown, says="The referral is recorded.")


@require_http_methods(ASK_AND_ANSWER)
@needs(Permission.REVIEW_INTELLIGENCE)
def referral_receipt(request: HttpRequest, referral: UUID) -> HttpResponse:
    """This function will record that a referral arrived."""
    found = queries.one_referral(reader(request), timezone.localdate(), referral)
    if found is None:
        raise Http404
    form = ReceiptForm(sent(request), initial={"received_on": timezone.localdate()})
    act = partial(note_receipt, referral=found.referral)
    shown = {"line": passed_line(found)}
    return ask(
        request, form, act, lambda _: redirect("referrals"), shown,
        says="The receipt is recorded.", page="intelligence/referral_receipt.html",
    )  # fmt: skip
