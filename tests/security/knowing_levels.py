"""Who may know what of levels, what follows from them, and risks: beside ``knowing``, and as slowly."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.utils import timezone

from sightline.core.access import Role
from sightline.meetings.models import AgendaItem, ItemAction
from sightline.records.models import InformationRequest
from tests.security.knowing import HEARS, KEEPS, SEATED, Knowing, Names, Rules, holding, provider_of, those
from tests.security.personas import HOME


def reached(knows: Knowing, subject: UUID) -> Names:
    """This function will name who sits for the region, which every matter of this world reaches."""
    return knows.unconflicted(holding({Role.REGION}), [subject])


def _concern(knows: Knowing, row: Any) -> Rules:
    about = getattr(row, "evidence", row)
    about = getattr(about, "concern", about)
    return those(knows.talks(about.subject_id, about.system))


def _level(knows: Knowing, row: Any) -> Rules:
    """Those who talk about it in the group, and who sits for the region that it reaches."""
    about = row
    for name in ("dissent", "decision", "proposal"):
        about = getattr(about, name, about)
    return those(knows.talks(about.subject_id, about.system) | reached(knows, about.subject_id))


def _telling(knows: Knowing, row: Any) -> Rules:
    """What the provider was told: itself, and who reads the duty."""
    telling = getattr(row, "telling", row)
    about = telling.duty
    heard = knows.talks(about.subject_id, about.system) | reached(knows, about.subject_id)
    return those(heard | provider_of(telling.organisation.code))


def _exchange(knows: Knowing, row: Any) -> Rules:
    """Both ends: the group that sent it, and the region that received it."""
    about = getattr(row, "exchange", row)
    return those(knows.talks(about.subject_id, about.system) | reached(knows, about.subject_id))


def _risk(knows: Knowing, row: Any) -> Rules:
    """Who hears in the group; and the region, of what stands on its own register."""
    about = getattr(getattr(row, "measure", getattr(row, "place", row)), "risk", row)
    subjects = list(about.subjects.values_list("subject", flat=True))
    found = knows.unconflicted(holding(HEARS, about.system), subjects)
    if about.places.filter(tier="region").exists():
        found |= knows.unconflicted(holding({Role.REGION}), subjects)
    return those(found)


def _look_back(knows: Knowing, row: Any) -> Rules:
    about = getattr(row, "look_back", row)
    return those(knows.talks(about.subject_id, about.system))


def _standing(knows: Knowing, row: Any) -> Rules:
    """Why a group or an office was laid down: who keeps them."""
    return those(holding(KEEPS, HOME), "group*", "seat*", "office*")


def _safeguarding(knows: Knowing, row: Any) -> Rules:
    """Who hears in the group's system; whoever sits in the group of this world does."""
    return those(holding(HEARS, HOME))


def _terms(knows: Knowing, row: Any) -> Rules:
    """Whoever sees the group reads its terms: they are about nobody."""
    return those(holding(HEARS) | holding({Role.REGION}))


def _members(knows: Knowing, row: Any) -> Rules:
    """Who keeps the group, and the deputy, who sits in it."""
    return those(holding(KEEPS, HOME) | {"deputy"}, "group_*", "access_needs", "seat*")


def _convened(knows: Knowing, row: Any) -> Rules:
    """What a sub-group is asked and reports: who sits in the group it reports to, keeps or audits it, without an interest."""
    about = row.provider_id if hasattr(row, "provider_id") else row.subject_id
    seen = SEATED | holding(KEEPS | {Role.AUDITOR}, HOME)
    return those(knows.unconflicted(seen, [about]), "sub_group*")


def _of_their_work(knows: Knowing, row: Any) -> Rules:
    """What members would change: who keeps or chairs the group, and while the review is open nobody."""
    if row.review.last_day >= timezone.localdate():
        return ()
    return those(holding(KEEPS, HOME), "effectiveness")


def _agreed_of_it(knows: Knowing, row: Any) -> Rules:
    return those(holding(KEEPS, HOME) | {"deputy"}, "effectiveness")


def _own_chairing(knows: Knowing, row: Any) -> Rules:
    """Whoever chairs, for themself; once it is shared, whoever reads how the group works."""
    shared = _agreed_of_it(knows, row) if hasattr(row, "sharing") else ()
    return those({"quality_lead"}, "chairing_review") + shared


def out_of(knows: Knowing, item: AgendaItem) -> Names:
    """This function will name to whom an item is closed by an interest in it."""
    return frozenset(knows.names[one.person.actor_id] for one in item.ties.select_related("person"))


def _met(knows: Knowing, row: Any) -> Rules:
    """Who sits in the group that meets, keeps its papers or audits it; not an item in which they are out."""
    item = getattr(getattr(row, "outcome", row), "item", None)
    out = out_of(knows, item) if item else frozenset()
    pages = ("meeting*", "item_*", "note*", "written*", "pack*", "paper*")
    return those((SEATED | holding(KEEPS | {Role.AUDITOR}, HOME)) - out, *pages)


def _noted(knows: Knowing, row: Any) -> Rules:
    """As what else is said of an item; whoever keeps the note finds it for a request for information."""
    out = out_of(knows, row.item) if row.item else frozenset()
    return _met(knows, row) + those(holding(KEEPS, HOME) - out, "information_find")


def _where(knows: Knowing, row: Any) -> Rules:
    """Where a standing group meets stands in the calendars of whoever sees the meeting as well."""
    return _met(knows, row) + those(SEATED | holding(KEEPS | {Role.AUDITOR}, HOME), "calendar_feed")


def _annexed(knows: Knowing, row: Any) -> Rules:
    """The annex of a note: who keeps the meeting, and the deputy, who is named to read it."""
    return those(holding(KEEPS, HOME) | {"deputy"}, "note_annex")


def _commented(knows: Knowing, row: Any) -> Rules:
    """A comment on a draft and its answer: who made it, who keeps the note and who audits it, without an interest."""
    about = getattr(row, "comment", row)
    seen = holding(KEEPS | {Role.AUDITOR}, HOME) | {knows.names[about.recorded_by]}
    return those(seen - out_of(knows, about.passage.item), "note*")


def _spoken(knows: Knowing, row: Any) -> Rules:
    """What was said of a subject between meetings: who sits there, keeps the papers or audits, without an interest."""
    seen = SEATED | holding(KEEPS | {Role.AUDITOR}, HOME)
    return those(knows.unconflicted(seen, [row.subject_id]), "meeting*", "conversation*")


def _in_the_cycle(knows: Knowing, row: Any) -> Rules:
    """What a group agreed and proposed for itself: who sits there, keeps the papers or audits; a title on agendas too."""
    pages = ("cycle*", "meeting*", "item_*", "pack*", "paper*", "note*", "written*")
    return those(SEATED | holding(KEEPS | {Role.AUDITOR}, HOME), *pages)


def _in_the_plan(knows: Knowing, row: Any) -> Rules:
    """What is planned about a subject is closed by an interest in it."""
    entry = getattr(row, "entry", row)
    seen = SEATED | holding(KEEPS | {Role.AUDITOR}, HOME)
    return those(knows.unconflicted(seen, [entry.subject_id] if entry.subject_id else []), "cycle*")


def _put(knows: Knowing, row: Any) -> Rules:
    """What was put in writing: whoever reads the item."""
    return _met(knows, row.question)


def _titled(knows: Knowing, row: Any) -> Rules:
    """Whoever is at the meeting, in the log too where an action was agreed; and whoever writes on what a key point rests."""
    logged = those((SEATED | holding(KEEPS | {Role.AUDITOR}, HOME)) - out_of(knows, row.item), "action*")
    return _met(knows, row) + logged + _publishing(knows, row)


def _listing(knows: Knowing, row: Any) -> Rules:
    """Who keeps the papers of the group or audits them, and who presides."""
    return those(holding(KEEPS | {Role.AUDITOR}, HOME) | {"conflicted_chair"}, "group_listing")


def _publishing(knows: Knowing, row: Any) -> Rules:
    """Who keeps the papers or audits them, and who presides; the public reads a copy that is no secret."""
    return those(holding(KEEPS | {Role.AUDITOR}, HOME) | {"conflicted_chair"}, "key_points*")


def _reported(knows: Knowing, row: Any) -> Rules:
    """Who sits in the group that meets, keeps its papers or audits it, and has no interest in whom the report is about."""
    about: Any = row
    for name in ("gathering", "sending", "version", "report"):
        about = getattr(about, name, None) or about
    seen = knows.unconflicted(
        SEATED | holding(KEEPS | {Role.AUDITOR}, HOME), about.subjects.values_list("subject", flat=True)
    )
    return those(seen, "report*", "all_reports", "retention", "information_find", "disposal_propose")


def _held(knows: Knowing, row: Any) -> Rules:
    """Who keeps the formal record of the system or audits it, and has no interest in whom the hold is about."""
    about = getattr(row, "hold", row)
    keeps = holding(KEEPS | {Role.AUDITOR, Role.FOI_OFFICER}, HOME)
    return those(knows.unconflicted(keeps, [about.subject_id]), "retention", "hold*", "disposal_propose")


def _disposed(knows: Knowing, row: Any) -> Rules:
    """Who keeps the formal record of the system or audits it, and has no interest in whom the record touched."""
    keeps = holding(KEEPS | {Role.AUDITOR, Role.FOI_OFFICER}, HOME)
    touched = list(row.disposal.subjects.values_list("subject", flat=True))
    return those(knows.unconflicted(keeps, touched), "disposal*")


def _asked_for(knows: Knowing, row: Any) -> Rules:
    """Who keeps the formal record of the system or audits it, and has no interest in whom the request is about."""
    about = row
    for name in ("pack", "passage", "request"):
        about = getattr(about, name, None) or about
    about = about if isinstance(about, InformationRequest) else row
    keeps = holding(KEEPS | {Role.AUDITOR, Role.FOI_OFFICER}, HOME)
    return those(knows.unconflicted(keeps, [about.subject_id]), "information_*")


def _referred(knows: Knowing, row: Any) -> Rules:
    return _met(knows, row.suspicion)


def _paper(knows: Knowing, row: Any) -> Rules:
    """Whoever reads the item of a paper reads it; what is a record beside the version has its item by that."""
    version = getattr(row, "version", row)
    out = out_of(knows, version.paper.item)
    return those((SEATED | holding(KEEPS | {Role.AUDITOR}, HOME)) - out, "meeting*", "item_*", "paper*", "pack*")


def _ruled(knows: Knowing, row: Any) -> Rules:
    """An interest and what was ruled on it: who keeps the papers, who presides, and whose it is."""
    return those(holding(KEEPS, HOME) | {"conflicted_chair", knows.names[row.person.actor_id]}, "meeting*", "item_*")


def _address(knows: Knowing, row: Any) -> Rules:
    """Of who sits in a group: who keeps it, and whoever sits there too."""
    name = knows.names.get(row.actor_id)
    together = those(holding(KEEPS, HOME) | SEATED, "group_members*") if name in SEATED else ()
    beside = those(holding(KEEPS, HOME) | {"deputy"}, "group_members*") if name in {"quality_lead", "deputy"} else ()
    return together + beside


def _agreed_under(row: Any) -> ItemAction | None:
    action = row.action if hasattr(row, "action") else row.closing.action
    return ItemAction.objects.filter(action=action).select_related("item").first()


def _logged(knows: Knowing, row: Any) -> Names:
    """Who sits in the group, keeps its log or audits it; not who is out of the item under which it was agreed."""
    agreed = _agreed_under(row)
    if agreed is None:
        return frozenset({"deputy"} | holding(KEEPS | {Role.AUDITOR}, HOME))
    return frozenset((SEATED | holding(KEEPS | {Role.AUDITOR}, HOME)) - out_of(knows, agreed.item))


def _action(knows: Knowing, row: Any) -> Rules:
    """Of most rows also the provider, who owns what was agreed under no item; an item and a review tell what is done."""
    owner = () if _agreed_under(row) else ("subject_provider",)
    return those({*_logged(knows, row), *owner}, "action*", "meeting_live_item", "item_*", "rapid", "improving")


def _within(knows: Knowing, row: Any) -> Rules:
    """What stays within the group, whoever owns the action."""
    return those(_logged(knows, row), "action*")


def _worded(knows: Knowing, row: Any) -> Rules:
    """Of the wordings the owner reads the newest."""
    newest = not type(row).objects.filter(action=row.action, number__gt=row.number).exists()
    return _action(knows, row) if newest else _within(knows, row)


def _kept_why(knows: Knowing, row: Any) -> Rules:
    return those(holding(KEEPS, HOME), "action*")


def _plan(knows: Knowing, row: Any) -> Rules:
    """Those who read the proposal that asks for it."""
    about = getattr(row, "version", row).plan
    return those(knows.talks(about.subject_id, about.system) | reached(knows, about.subject_id))


def _rapid(knows: Knowing, row: Any) -> Rules:
    """Those who talk about its subject in the group; nobody else of this world sits in the review."""
    about = getattr(row, "review", row)
    return those(knows.talks(about.subject_id, about.system))


_RAPID: Mapping[str, tuple[str, ...]] = {
    "RapidReview": ("requested_by", "risk", "not_elsewhere", "why_not_icb", "knowingly"),
    "RapidFinding": (
        "shared", "diagnosis", "judgement", "actions", "carries_why", "level_why", "oversight", "no_plan", "knowingly",
        "because",
    ),
    "RapidReport": ("sent_by", "sent_to", "says", "knowingly"),
    "RapidEnding": ("because", "knowingly"),
}  # fmt: skip


def _improving(knows: Knowing, row: Any) -> Rules:
    """Those who talk about its subject in the group; nobody else of this world sits in the improvement group."""
    about = getattr(row, "improving", row)
    return those(knows.talks(about.subject_id, about.system))


def _taken_up(knows: Knowing, row: Any) -> Rules:
    """Those who read the plan; its provider reads that its concern was taken up, and not in which words."""
    plan = row.concern.plan
    return those(knows.talks(plan.subject_id, plan.system) | reached(knows, plan.subject_id), "plan", "plan_concern")


_IMPROVING: Mapping[str, tuple[str, ...]] = {
    "ImprovementGroup": ("instigated_by", "why_region", "wider", "purpose", "knowingly"),
    "MemberReport": ("given_by", "says", "knowingly"),
    "Stakeholder": ("who", "how", "knowingly"),
    "ExitAgreement": ("given_by", "says", "knowingly"),
    "ImprovementGroupEnding": ("disagreed", "statement", "outstanding", "because", "knowingly"),
}


def _milestone(knows: Knowing, row: Any) -> Rules:
    """Those who read the plan; and its provider, of what stands in the approved version."""
    read = _plan(knows, row)
    return read + _to_provider(row.version.plan) if hasattr(row.version, "approval") else read


def _entry(knows: Knowing, row: Any) -> Rules:
    """Those who read the plan; and its provider, of what it wrote itself."""
    plan = row.milestone.plan if hasattr(row, "milestone") else row.plan
    read = those(knows.talks(plan.subject_id, plan.system) | reached(knows, plan.subject_id))
    return read + _to_provider(plan) if getattr(row, "is_providers", True) else read


def _planned_why(knows: Knowing, row: Any) -> Rules:
    return those(holding(KEEPS, HOME), "plan", "milestone", "plan_concern")


def _to_provider(plan: Any) -> Rules:
    return those(provider_of(plan.subject.organisation.code), "own_*")


_PLANNED: Mapping[str, tuple[str, ...]] = {
    "PlanVersion": (
        "name", "objectives", "contract", "regulation", "aligned_with", "director", "developed_by", "developed_with",
        "recovery_plan", "knowingly", "because",
    ),
    "PlanKpi": ("words",),
    "PlanCriterion": ("measure", "target", "held_for"),
    "PlanAction": ("what", "body", "owner"),
    "PlanCommissioner": ("body", "action"),
    "PlanApproval": ("remarks", "because", "knowingly"),
    "PlanEnding": ("impact", "learning", "embedded", "because", "knowingly"),
}  # fmt: skip
_PROPOSED = (
    "reason", "why_not_closer", "conflict_check", "group_view", "options_exhausted", "plan", "follow_up_person",
    "actions", "exit_evidence", "knowingly", "case",
)  # fmt: skip
_STATED = (
    "title", "cause", "event", "effect", "owner_name", "shared_owners", "partners", "pathways", "why_raised",
    "because", "knowingly",
)  # fmt: skip
LEVELS: Mapping[str, Callable[[Knowing, Any], Rules]] = {
    "accounts.Person.email": _address,
    "meetings.MeetingTime.place": _where,
    "meetings.MeetingTime.paired_with": _where,
    **{f"meetings.MeetingTime.{field}": _met for field in ("facilitator", "communications")},
    **{
        f"meetings.{one}": _met
        for one in (
            "Meeting.because",
            "MeetingTime.link",
            "MeetingTime.because",
            "MeetingStep.because",
            "ItemWording.why",
            "ItemWording.inequality",
            "BoardMatter.board",
            "BoardMatter.matter",
            "IntakeAnswer.because",
            "ItemInvolvement.who",
            "ItemNote.text",
            "ItemOutcome.text",
            "ItemOutcome.next_steps",
            "ItemOutcome.reasons",
            "ItemOutcome.snapshot",
            "ItemOutcome.knowingly",
            "NotePassage.title",
            "NotePassage.text",
            "NotePassage.because",
            "OutcomePosition.name",
            "OutcomePosition.reasons",
            "OutcomePosition.commits_to",
            "ItemTeller.not_yet",
            "Presence.visitor",
            "Suspicion.detail",
            "WrittenQuestion.text",
            "WrittenQuestion.knowingly",
        )
    },
    **{
        f"meetings.{one}": _in_the_cycle
        for one in (
            "BusinessCycle.because",
            "ProposedTheme.title",
            "ProposedTheme.why",
            "ThemeAnswer.because",
            "CycleReview.says",
        )
    },
    **{
        f"meetings.{one}": _in_the_plan
        for one in ("PlanEntry.why", "PlanEntryMonth.because", "PlanEntryDropped.because")
    },
    **{f"meetings.Conversation.{field}": _spoken for field in ("between", "said", "follows", "knowingly")},
    **{f"meetings.WrittenAnswer.{field}": _put for field in ("why", "heard")},
    **{f"meetings.WrittenResult.{field}": _put for field in ("because", "snapshot")},
    "meetings.WrittenSending.because": _put,
    "meetings.ItemWording.title": _titled,
    **{f"publication.KeyPoints.{field}": _publishing for field in ("opening", "changed")},
    "publication.KeyPoint.text": _publishing,
    **{f"publication.Clearance.{field}": _publishing for field in ("remarks", "answer")},
    "publication.Withdrawal.because": _publishing,
    "publication.Unlisting.because": _listing,
    "meetings.NotePassage.text": _noted,
    **{f"records.{field}": _held for field in ("Hold.because", "Hold.asked_by", "HoldLifting.because")},
    "records.DisposalAnswer.because": _disposed,
    **{f"records.InformationRequest.{field}": _asked_for for field in ("asked_by", "asks", "words")},
    **{
        f"records.{field}": _asked_for
        for field in (
            "RequestPassage.text",
            "PassageRuling.public_interest",
            "Consultation.says",
            "DisclosurePack.content",
            "PackWithdrawal.because",
            "RequestClosing.says",
        )
    },
    **{f"reports.Report.{field}": _reported for field in ("title", "for_meeting", "agenda_item")},
    **{f"reports.ReportLine.{field}": _reported for field in ("says", "about")},
    **{f"reports.{field}": _reported for field in ("Passage.text", "Sending.part", "Receipt.says")},
    **{f"reports.ReportVersion.{field}": _reported for field in ("content", "changed")},
    "reports.WordTemplate.name": lambda knows, row: those(holding(KEEPS, HOME), "report_template*"),
    **{f"meetings.SuspicionReferral.{field}": _referred for field in ("body", "referred_by", "reference")},
    "meetings.AnnexEntry.text": _annexed,
    "meetings.ToldOrganisation.says": lambda knows, row: those(holding(KEEPS, HOME) | {"deputy"}, "note*"),
    "meetings.NoteComment.text": _commented,
    "meetings.NoteCommentAnswer.says": _commented,
    **{
        f"meetings.{one}": _paper
        for one in (
            "PaperVersion.title",
            "PaperVersion.confidential_because",
            "PaperVersion.name",
            "PaperVersion.remarks",
            "PaperRecord.content",
            "PaperWithdrawal.because",
        )
    },
    "meetings.ItemTie.detail": _ruled,
    "meetings.ItemRuling.because": _ruled,
    **{
        f"groups.{one}.because": _standing
        for one in ("Group", "GroupEnding", "GroupGuidance", "Office", "OfficeEnding", "SeatEnding", "ProvidersApart")
    },
    **{f"groups.{one}.because": _safeguarding for one in ("SafeguardingLead", "SafeguardingPeriod")},
    **{f"groups.SafeguardingConfirmation.{field}": _safeguarding for field in ("briefs", "knowingly")},
    **{f"groups.CouncilBody.{field}": _safeguarding for field in ("name", "reached_by", "priorities", "knowingly")},
    **{f"groups.TermsVersion.{field}": _terms for field in ("sections", "because")},
    "groups.TermsApproval.because": _terms,
    **{f"groups.SeatingAuthority.{field}": _members for field in ("approver", "said_by")},
    "groups.Seating.why_both": _members,
    "groups.RepresentativeAsked.asked": _members,
    "groups.AccessNeeds.words": _members,
    "groups.Engagement.words": _members,
    **{
        f"groups.CouncilArrangement.{field}": lambda knows, row: those(holding(KEEPS, HOME) | {"deputy"}, "council*")
        for field in ("relationship", "route", "words")
    },
    "groups.SubGroup.task": _convened,
    "groups.SubGroup.because": lambda knows, row: those(holding(KEEPS, HOME), "sub_group*"),
    **{f"groups.ReportBack.{field}": _convened for field in ("text", "asks")},
    "groups.ReviewTally.words": _of_their_work,
    **{f"groups.GroupReflection.{field}": _agreed_of_it for field in ("meeting", "words")},
    "groups.ChairSelfReview.words": _own_chairing,
    **{f"actions.ActionStatement.{field}": _worded for field in ("issue", "resolution", "done_when")},
    **{f"actions.ActionStatement.{field}": _within for field in ("disagreement", "because")},
    "actions.ActionOwner.name": _action,
    "actions.ActionOwner.because": _within,
    "actions.ActionReport.says": _within,
    "actions.ActionReview.comment": _within,
    **{f"actions.{one}.because": _action for one in ("ActionDue", "ActionReopening")},
    "actions.ActionClosing.impact": _action,
    **{
        f"actions.{one}.knowingly": _kept_why
        for one in (
            "ActionStatement",
            "ActionOwner",
            "ActionDue",
            "ActionReport",
            "ActionReview",
            "ActionClosing",
            "ActionReopening",
        )
    },
    **{
        f"surveillance.ConcernStatement.{field}": _concern
        for field in ("says", "why_not_closer", "system_causes", "knowingly", "because")
    },
    "surveillance.ConcernEnding.because": _concern,
    "surveillance.ConcernEnding.knowingly": _concern,
    "surveillance.ConcernReferral.body": _concern,
    "surveillance.ConcernReferral.knowingly": _concern,
    "surveillance.ConcernReferral.reference": _concern,
    "surveillance.EvidenceRemoval.because": _concern,
    "surveillance.EvidenceRemoval.knowingly": _concern,
    **{
        f"surveillance.ProcessLead.{field}": lambda knows, row: those(
            knows.talks(row.subject_id, HOME) | reached(knows, row.subject_id)
        )
        for field in ("agreed_with", "because", "knowingly")
    },
    **{f"surveillance.LevelProposal.{field}": _level for field in _PROPOSED},
    **{f"surveillance.RegionAnswer.{field}": _level for field in ("says", "said_by", "knowingly")},
    **{f"surveillance.Dissent.{field}": _level for field in ("reasons", "commits_to", "knowingly")},
    **{f"surveillance.ProposalEnding.{field}": _level for field in ("because", "knowingly")},
    **{
        f"surveillance.LevelDecision.{field}": _level
        for field in ("override_reason", "because", "knowingly", "remarks", "snapshot")
    },
    "surveillance.FrozenEvidence.says": _level,
    **{f"surveillance.LevelReview.{field}": _level for field in ("because", "knowingly")},
    "escalation.DutyStep.says": lambda knows, row: (_level if row.duty.decision_id else _concern)(knows, row.duty),
    **{f"escalation.Telling.{field}": _telling for field in ("spoken_by", "recipient", "channel", "text", "knowingly")},
    "escalation.TellingAnswer.text": _telling,
    **{f"escalation.Exchange.{field}": _exchange for field in ("title", "says", "asks", "knowingly")},
    "escalation.ExchangeCopy.content": _exchange,
    **{f"escalation.ExchangeStep.{field}": _exchange for field in ("says", "knowingly")},
    **{f"escalation.RegulatoryDecision.{field}": _level for field in ("action", "because", "also_asked", "knowingly")},
    **{f"improvement.{one}.{field}": _plan for one, fields in _PLANNED.items() for field in fields},
    **{f"improvement.{one}.{field}": _rapid for one, fields in _RAPID.items() for field in fields},
    **{
        f"improvement.PlanMilestone.{field}": _milestone for field in ("what", "evidence", "assurance", "body", "owner")
    },
    **{
        f"improvement.{field}": _entry
        for field in (
            "MilestoneEntry.says",
            "MilestoneEntry.evidence",
            "MilestoneEntry.assured_by",
            "MilestoneEntry.assured_how",
            "ProviderConcern.says",
            "ProviderConcern.steps",
        )
    },
    **{f"improvement.{one}.{field}": _improving for one, fields in _IMPROVING.items() for field in fields},
    "improvement.ProviderConcernAnswer.says": _taken_up,
    "improvement.ProviderConcernAnswer.knowingly": _planned_why,
    "improvement.MilestoneEntry.knowingly": _planned_why,
    "improvement.ProviderConcern.knowingly": _planned_why,
    **{f"risks.RiskStatement.{field}": _risk for field in _STATED},
    "risks.RiskScore.rationale": _risk,
    **{f"risks.Measure.{field}": _risk for field in ("says", "holder")},
    "risks.MeasureStep.says": _risk,
    **{f"risks.Place.{field}": _risk for field in ("reference", "because")},
    "risks.PlaceEnding.because": _risk,
    **{f"risks.Acceptance.{field}": _risk for field in ("accepted_by", "because")},
    "risks.RiskReview.says": _risk,
    **{f"risks.RiskEnding.{field}": _risk for field in ("because", "learned")},
    "risks.LookBack.because": _look_back,
    **{f"risks.LookBackFinding.{field}": _look_back for field in ("says", "knowingly")},
    "risks.LookBackEnding.because": _look_back,
}
