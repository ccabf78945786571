"""``sightline person``: invite people, grant and end their roles, and shut leavers out."""

from __future__ import annotations

import argparse
import json
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

if TYPE_CHECKING:
    from sightline.accounts.models import Person


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """This function will add what can be asked, each with its own arguments."""
    from sightline.accounts.models import GRANTABLE

    asks = parser.add_subparsers(dest="ask", required=True, metavar="WHAT")
    invite = _ask(asks, "invite", "add somebody and print their first password, once")
    grant = _ask(asks, "grant", "give somebody a further role")
    for asked in (invite, grant):
        asked.add_argument("email")
        asked.add_argument("--role", required=True, choices=[role.value for role in GRANTABLE])
        asked.add_argument("--system", default="", metavar="CODE", help="the integrated care board; none for all")
        asked.add_argument("--organisation", default="", metavar="CODE", help="whom a provider's person speaks for")
    invite.add_argument("--name", required=True, help="the person's name")
    grant.add_argument("--from", dest="valid_from", type=date.fromisoformat, metavar="YYYY-MM-DD")
    grant.add_argument("--until", dest="valid_to", type=date.fromisoformat, metavar="YYYY-MM-DD")
    _ask(asks, "list", "list everybody with their roles")
    _ask(asks, "password", "print a new first password for somebody who forgot theirs").add_argument("email")
    end = _ask(asks, "end", "end a role from today on")
    end.add_argument("grant", type=UUID, help="the role's id, as `list` prints it")
    deactivate = _ask(asks, "deactivate", "shut a leaver out, open sessions included")
    reactivate = _ask(asks, "reactivate", "let somebody back in")
    for asked in (deactivate, reactivate):
        asked.add_argument("email")
    for asked in (end, deactivate, reactivate):
        asked.add_argument("--because", required=True, metavar="REASON", help="why, in a sentence")


def _ask(asks: Any, name: str, says: str) -> argparse.ArgumentParser:
    asked: argparse.ArgumentParser = asks.add_parser(name, help=says, description=says.capitalize() + ".")
    asked.add_argument("--json", action="store_true", help="answer in JSON")
    return asked


def handle(arguments: argparse.Namespace) -> int:
    """This function will carry out what is asked, as the operator."""
    from sightline.cli.migrate import ready_database

    ready_database()
    answers = {
        "invite": _invite,
        "grant": _grant,
        "list": _list,
        "password": _password,
        "end": _end,
        "deactivate": _deactivate,
        "reactivate": _reactivate,
    }
    answer, words = answers[arguments.ask](arguments)
    print(json.dumps(answer, allow_nan=False) if arguments.json else words)
    return 0


def _acting() -> dict[str, Any]:
    from django.utils import timezone

    from sightline.accounts.operator import operator

    return {"by": operator(), "at": timezone.now()}


def _invite(arguments: argparse.Namespace) -> tuple[Any, str]:
    from sightline.accounts.operations import invite_person
    from sightline.accounts.passwords import new_first_password

    password = new_first_password()
    person = invite_person(
        **_acting(), email=arguments.email, display_name=arguments.name, password=password, **_role(arguments)
    )
    return _first_password(person, password.words)


def _password(arguments: argparse.Namespace) -> tuple[Any, str]:
    from sightline.accounts.operations import set_password
    from sightline.accounts.passwords import new_first_password

    password, person = new_first_password(), _person(arguments.email)
    set_password(**_acting(), person=person, password=password)
    return _first_password(person, password.words)


def _first_password(person: Person, words: str) -> tuple[Any, str]:
    says = f"First password for {person.email}, shown only now: {words}\nIt must be changed at the first sign-in."
    return {"person": str(person.pk), "email": person.email, "first_password": words}, says


def _grant(arguments: argparse.Namespace) -> tuple[Any, str]:
    from sightline.accounts.operations import grant_role

    person = _person(arguments.email)
    days = {"valid_from": arguments.valid_from, "valid_to": arguments.valid_to}
    grant = grant_role(**_acting(), person=person, **_role(arguments), **days)
    return {"person": str(person.pk), "grant": str(grant.pk)}, f"Granted: {grant.role} ({grant.pk})"


def _end(arguments: argparse.Namespace) -> tuple[Any, str]:
    from sightline.accounts.operations import end_role
    from sightline.accounts.queries import role_grant
    from sightline.core.verdict import Invalid

    acting = _acting()
    grant = role_grant(arguments.grant, by=acting["by"], on=acting["at"].date())
    if grant is None:
        raise Invalid("There is no role with this id. `sightline person list` prints them.")
    ending = end_role(**acting, grant=grant, because=arguments.because)
    return {"grant": str(grant.pk), "ends_on": ending.ends_on.isoformat()}, f"Ended: {grant.role}"


def _deactivate(arguments: argparse.Namespace) -> tuple[Any, str]:
    from sightline.accounts.operations import deactivate_person

    person = _person(arguments.email)
    deactivate_person(**_acting(), person=person, because=arguments.because)
    return {"person": str(person.pk), "is_active": False}, f"Deactivated: {person.email}"


def _reactivate(arguments: argparse.Namespace) -> tuple[Any, str]:
    from sightline.accounts.operations import reactivate_person

    person = _person(arguments.email)
    reactivate_person(**_acting(), person=person, because=arguments.because)
    return {"person": str(person.pk), "is_active": True}, f"Let back in: {person.email}"


def _list(arguments: argparse.Namespace) -> tuple[Any, str]:
    from django.utils import timezone

    from sightline.accounts.presenters import PersonLine, person_lines
    from sightline.accounts.queries import people

    today = timezone.localdate()
    lines = person_lines(people(by=_acting()["by"], on=today), today)

    def roles(line: PersonLine) -> list[dict[str, Any]]:
        return [{"id": str(r.id), "role": r.name, "where": r.where, "holds": r.holds} for r in line.roles]

    answer = [
        {"id": str(line.id), "email": line.email, "name": line.name, "state": line.state, "roles": roles(line)}
        for line in lines
    ]
    words = [f"{line.email}  {line.name}  {line.state}" for line in lines]
    for at in reversed(range(len(lines))):
        words[at + 1 : at + 1] = [f"    {r.name}, {r.where}, {r.id}" for r in lines[at].roles if r.holds]
    return answer, "\n".join(words) or "Nobody yet. Invite somebody with: sightline person invite"


def _role(arguments: argparse.Namespace) -> dict[str, Any]:
    from sightline.core.access import Role

    return {
        "role": Role(arguments.role),
        "system": arguments.system,
        "organisation": arguments.organisation,
    }


def _person(email: str) -> Person:
    from sightline.accounts.queries import person_by_email
    from sightline.core.verdict import Invalid

    acting = _acting()
    found = person_by_email(email, by=acting["by"], on=acting["at"].date())
    if found is None:
        raise Invalid(f"Nobody has the address {email}. `sightline person list` names everybody.")
    return found
