"""What members do with themes: propose them, and, for whoever works on the plan, take them in or say why not (MTG-11)."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from sightline.accounts.looking import why_it_stays
from sightline.accounts.models import Person
from sightline.audit.operation import operation
from sightline.core.access import Actor, Permission
from sightline.core.verdict import Already, Invalid, Refused, refused
from sightline.groups.models import Group
from sightline.meetings.cycle_given import ThemeSays
from sightline.meetings.models import PlanEntry, ProposedTheme, ThemeAnswer
from sightline.meetings.operations._cycle import agreed_cycle, fitting_month, held_cycle, led_cycle, written

_TITLE = 250
NOT_A_MEMBER = refused("Whoever sits in the group, or stands in for somebody who does, proposes a theme.", "MTG-11")


@operation(Permission.SEE_MEETINGS, on="result")
def propose_theme(
    *, by: Actor, at: datetime, group: Group, theme: ThemeSays, form_key: UUID, knowingly: str = ""
) -> ProposedTheme:
    """This function will put a theme to a group, by anybody who sits in it or stands in there (MTG-11; QSG 2017 ¶94)."""
    view = held_cycle(by, timezone.localdate(at), group)
    if not view.sits or not isinstance(by, Person):
        raise Refused(NOT_A_MEMBER)
    if ProposedTheme.objects.filter(form_key=form_key).exists():
        raise Already("This theme was proposed already.")
    if not theme.title.strip() or not theme.why.strip():
        raise Invalid("Say what the theme is, and why the group should discuss it.")
    return ProposedTheme.objects.create(
        group=view.group,
        system=view.group.system,
        kind=theme.kind.value,
        title=theme.title.strip()[:_TITLE],
        why=theme.why.strip(),
        proposed_by=by,
        knowingly=why_it_stays([theme.title, theme.why], knowingly),
        form_key=form_key,
        recorded_at=at,
        recorded_by=by.actor_id,
    )


@operation(Permission.SEE_MEETINGS, on="theme")
def answer_theme(
    *,
    by: Actor,
    at: datetime,
    theme: ProposedTheme,
    month: date | None = None,
    because: str = "",
    knowingly: str = "",
) -> ThemeAnswer:
    """This function will take a theme into the plan for a month or, without one, decline it with the reason (MTG-11).

    Raises Refused for whoever neither keeps the group's papers nor chairs it, Invalid for one that was answered.
    """
    view = led_cycle(by, timezone.localdate(at), theme.group)
    if ThemeAnswer.objects.filter(theme=theme).exists():
        raise Invalid("Somebody answered this theme already. Read their answer first.")
    if month is None and not because.strip():
        raise Invalid("Say why it is not taken in: whoever proposed it reads the reason.")
    if month is not None:
        cycle, first = agreed_cycle(view), fitting_month(view, month)
        entry = PlanEntry.objects.create(
            cycle=cycle,
            group=view.group,
            system=view.group.system,
            theme=theme,
            recorded_at=at,
            recorded_by=by.actor_id,
        )
        written(entry, first, by, at)
    return ThemeAnswer.objects.create(
        theme=theme,
        is_taken=month is not None,
        because=because.strip(),
        knowingly=why_it_stays([because], knowingly),
        recorded_at=at,
        recorded_by=by.actor_id,
    )
