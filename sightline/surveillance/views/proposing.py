"""Pages of proposing a level: the choice of a level with its meaning, and the form of the move that was chosen."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from sightline.accounts.looking import is_clear
from sightline.core.access import Permission
from sightline.core.rulebook.levels import NATIONAL, REGIONAL, Need, Trigger
from sightline.core.surveillance.facts import Standing, SubjectFacts
from sightline.core.surveillance.moving import Offer, may_begin, triggers_offered
from sightline.core.verdict import Already, Invalid, Verdict
from sightline.directory.models import Subject
from sightline.surveillance import operations
from sightline.surveillance.forms.levels import ProposeForm
from sightline.surveillance.models import Concern, LevelProposal
from sightline.surveillance.presenters import levels as present
from sightline.surveillance.queries import levels as queries
from sightline.surveillance.queries.moving import Judged, offers_for, verdict_on_given
from sightline.surveillance.queries.standing import Guidance
from sightline.surveillance.views.level_entering import subject_or_404, told_on_the_form
from sightline.web import asking
from sightline.web.asking import sent
from sightline.web.gate import needs, reader

_CARRIED = (
    "reason", "why_not_closer", "conflict_check", "group_view", "group_met_on", "options_exhausted",
    "people_need_protection", "plan", "follow_up_person", "actions", "next_review_on", "exit_evidence",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Scene:
    """What a proposal is about: the subject, the record that it joins, and every move that could be proposed."""

    subject: Subject
    system: str
    guidance: Guidance
    facts: SubjectFacts
    standing: Standing
    offers: tuple[Offer, ...]
    concerns: tuple[Concern, ...]
    chosen: Concern | None
    follows: LevelProposal | None


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.RAISE_CONCERN)
def propose_page(request: HttpRequest, subject: uuid.UUID) -> HttpResponse:
    """This function will ask which level to propose and, once one is chosen, for everything that the move has to carry."""
    scene = _scene_or_404(request, subject)
    wanted = asking.word(request, "to")
    offer = next((one for one in scene.offers if one.level.id == wanted), None)
    if offer is None:
        return _choice(request, scene, wanted)
    form = _form(request, scene, offer)
    judged: Judged | None = None
    if request.method == "POST" and form.is_valid() and is_clear(form):
        concern = _concern(scene, form.concern())
        judged = verdict_on_given(
            scene.subject, scene.system, concern, form.given(), reader(request), timezone.localdate()
        )
        if "check" not in request.POST and not form.say_missing(judged.verdict.reasons, judged.not_given):
            done = _propose(request, scene, form, concern)
            if done is not None:
                return done
    context = _form_context(scene, offer, judged)
    status = 400 if form.errors else 200
    return render(request, "surveillance/level_propose.html", {"form": form, **context}, status=status)


def _propose(request: HttpRequest, scene: Scene, form: ProposeForm, concern: Concern | None) -> HttpResponse | None:
    """Propose it; where that is refused the form says why, and nothing is lost of what was typed."""
    act = told_on_the_form(operations.propose_level)
    try:
        made = act(
            by=reader(request),
            at=timezone.now(),
            subject=scene.subject,
            system=scene.system,
            concern=concern,
            given=form.given(),
            form_key=form.cleaned_data["form_key"],
            follows=scene.follows,
        )
    except Already:
        return redirect("levels_of_subject", scene.subject.pk)
    except Invalid as problem:
        form.add_error(None, list(problem.problems))
        return None
    assert isinstance(made, LevelProposal)
    messages.success(request, "Proposed. Nothing changes until somebody with the authority decides.")
    return redirect("level_proposal", made.pk)


def _scene_or_404(request: HttpRequest, subject_id: uuid.UUID) -> Scene:
    today, actor = timezone.localdate(), reader(request)
    subject = subject_or_404(request, subject_id)
    system = queries.record_for(actor, today, subject, Permission.RAISE_CONCERN)
    if system is None:
        raise Http404
    follows = _followed(request, subject)
    concerns = tuple(one for one in queries.open_concerns(actor, today, subject) if one.system == system)
    chosen = _chosen_concern(request, concerns, follows)
    guidance, facts, standing, offers = offers_for(subject, system, chosen, today)
    if chosen is None and _is_step_down(request, offers):
        chosen = queries.rested_on(subject, concerns)
        guidance, facts, standing, offers = offers_for(subject, system, chosen, today)
    return Scene(subject, system, guidance, facts, standing, offers, concerns, chosen, follows)


def _is_step_down(request: HttpRequest, offers: tuple[Offer, ...]) -> bool:
    """Whether a level below today's is asked for, of which the form has not come back yet."""
    wanted = asking.word(request, "to")
    return request.method != "POST" and any(one.level.id == wanted and not one.is_rise for one in offers)


def _followed(request: HttpRequest, subject: Subject) -> LevelProposal | None:
    """The proposal in whose place a new one is written, where the address names one."""
    try:
        key = uuid.UUID(asking.word(request, "follows"))
    except ValueError:
        return None
    found = queries.one_proposal(reader(request), timezone.localdate(), key)
    if found is None or found.subject_id != subject.pk:
        raise Http404
    return found


def _chosen_concern(
    request: HttpRequest, concerns: tuple[Concern, ...], follows: LevelProposal | None
) -> Concern | None:
    """The concern that decides which rules apply: the one named, else that of the earlier form, else the only one."""
    named = request.POST.get("concern") or asking.word(request, "concern")
    earlier = str(follows.concern_id) if follows and follows.concern_id else ""
    found = next((one for one in concerns if str(one.pk) in {named, "" if named else earlier}), None)
    return found or (concerns[0] if len(concerns) == 1 and request.method != "POST" else None)


def _choice(request: HttpRequest, scene: Scene, wanted: str) -> HttpResponse:
    """The levels with their meaning beside each (SUR-04), and what took the place of what may no longer be begun."""
    levels = scene.guidance.levels.levels
    verdict = may_begin(levels, wanted) if wanted else Verdict()
    unknown = bool(wanted) and bool(verdict)
    status = 400 if wanted or request.method == "POST" else 200
    context = {
        "subject": scene.subject,
        "guidance": scene.guidance,
        "tag": present.tag_now(scene.guidance, scene.standing.level.id),
        "stands": present.standing_words(scene.standing),
        "offers": [_offer_row(scene, one) for one in scene.offers],
        "ended": scene.facts.has_ended(timezone.localdate()),
        "heirs": scene.facts.successors,
        "replaced": levels.replaced,
        "notes": levels.notes,
        "refused": verdict.reasons,
        "unknown": unknown,
        "nothing_chosen": request.method == "POST" and not wanted,
        "query": _query(request),
    }
    return render(request, "surveillance/level_choose.html", context, status=status)


def _query(request: HttpRequest) -> str:
    """What else the address said, so that the choice of a level does not lose it."""
    named = [(name, asking.word(request, name)) for name in ("follows", "concern")]
    return "".join(f"&{name}={value}" for name, value in named if value and _is_uuid(value))


def _is_uuid(value: str) -> bool:
    try:
        uuid.UUID(value)
    except ValueError:
        return False
    return True


def _offer_row(scene: Scene, offer: Offer) -> dict[str, Any]:
    return {
        "level": offer.level,
        "tag": present.tag_now(scene.guidance, offer.level.id),
        "is_rise": offer.is_rise,
        "skips": ", ".join(one.name for one in offer.skips) if offer.is_rise else "",
        "authority": present.authority_words(offer.authority, scene.guidance.levels.authority),
    }


def _form(request: HttpRequest, scene: Scene, offer: Offer) -> ProposeForm:
    today, actor = timezone.localdate(), reader(request)
    profiles, others = queries.assessments_of(actor, today, scene.subject)
    return ProposeForm(
        sent(request),
        offer=offer,
        stands_at=scene.standing.level.id,
        involvement=_involvement(scene, offer),
        concerns=present.concern_choices(scene.concerns),
        assessments=present.assessment_choices(profiles, others),
        today=today,
        initial=_initial(request, scene, offer),
    )


def _involvement(scene: Scene, offer: Offer) -> tuple[Trigger, ...]:
    """Triggers for the region or the nation to be involved, as far as the case itself meets them (LVL-20, LVL-21)."""
    if not offer.is_rise:
        return ()
    triggers = scene.guidance.levels.triggers
    return tuple(one for tier in (REGIONAL, NATIONAL) for one in triggers_offered(triggers, scene.facts.case, tier))


def _initial(request: HttpRequest, scene: Scene, offer: Offer) -> dict[str, Any]:
    """What an earlier form said, and what the concern says already; a day is never carried over."""
    chosen = scene.chosen
    said = max(chosen.statements.all(), key=lambda one: one.number, default=None) if chosen else None
    found: dict[str, Any] = {"concern": str(chosen.pk) if chosen else "", "seen": scene.standing.level.id}
    found["why_not_closer"] = said.why_not_closer if said else ""
    if scene.follows is not None:
        found |= {name: getattr(scene.follows, name) for name in _CARRIED}
        found["triggers"] = found["involvement"] = scene.follows.triggers.split()
        if scene.follows.profile_id:
            found["assessment"] = f"profile:{scene.follows.profile_id}"
        if scene.follows.other_process_id:
            found["assessment"] = f"process:{scene.follows.other_process_id}"
    return found


def _concern(scene: Scene, key: uuid.UUID | None) -> Concern | None:
    return next((one for one in scene.concerns if one.pk == key), None)


def _form_context(scene: Scene, offer: Offer, judged: Judged | None) -> dict[str, Any]:
    rules = scene.guidance.levels
    wants_region = any(one.need is Need.REGIONAL_AGREEMENT for one in offer.needs)
    return {
        "subject": scene.subject,
        "guidance": scene.guidance,
        "before": present.tag_now(scene.guidance, scene.standing.level.id),
        "after": present.tag_now(scene.guidance, offer.level.id),
        "level": offer.level,
        "offer": offer,
        "skips": ", ".join(one.name for one in offer.skips) if offer.is_rise else "",
        "skipping": rules.levels.skipping,
        "authority": present.authority_words(offer.authority, rules.authority),
        "menus": present.menus(offer.level),
        "wants_region": wants_region,
        "wants_lead": any(one.need is Need.PROCESS_LEAD for one in offer.needs) and not scene.facts.process_lead,
        "judged": judged,
        "remarks": present.remark_lines(judged.remarks, {}) if judged else [],
        "follows": scene.follows,
        "back": reverse("levels_of_subject", args=[scene.subject.pk]),
    }
