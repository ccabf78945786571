"""How letters leave the house: by a mail server, into files, or not at all, as the environment says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sightline.config.environment import Environment, WrongSetting

_BY_SERVER = "django.core.mail.backends.smtp.EmailBackend"
_INTO_FILES = "django.core.mail.backends.filebased.EmailBackend"
_ADDRESS = re.compile(r"https?://[^\s/?#]+")
_SENDER = re.compile(r"(?:[^<>@\r\n]+<)?[^\s<>@]+@[^\s<>@]+>?")
_SECURITY = ("starttls", "tls", "none")


@dataclass(frozen=True, slots=True)
class Mail:
    """The mail settings, read. ``held`` says why nothing goes out, where nothing does."""

    backend: str
    folder: Path
    host: str
    port: int
    user: str
    password: str
    security: str
    sender: str
    base_address: str
    held: str


def read_mail(environment: Environment, folder: Path, *, https: bool, hosts: Sequence[str]) -> Mail:
    """This function will read the mail settings; without a mail server, letters are files where people only try it out.

    A house that is reached by HTTPS is taken to be in service: there nothing is sent before a mail server is named, so
    that no letter counts as sent that reached nobody.
    """
    given = environment.given
    host = given.get("SIGHTLINE_MAIL_HOST", "").strip()
    held = "" if host or not https else "No mail server is named. Set SIGHTLINE_MAIL_HOST, then send again."
    if environment.flag("SIGHTLINE_MAIL_HELD", False):
        held = "Mail is held back here. Set SIGHTLINE_MAIL_HELD to no once letters may go out."
    security = given.get("SIGHTLINE_MAIL_SECURITY", "").strip().lower() or _SECURITY[0]
    if security not in _SECURITY:
        raise WrongSetting(f"SIGHTLINE_MAIL_SECURITY is “{security}”. Write {', '.join(_SECURITY[:-1])} or none.")
    return Mail(
        backend=_BY_SERVER if host else _INTO_FILES,
        folder=folder / "mailbox",
        host=host or "localhost",
        port=environment.number("SIGHTLINE_MAIL_PORT", 465 if security == "tls" else 587, 1, 65_535),
        user=given.get("SIGHTLINE_MAIL_USER", ""),
        password=given.get("SIGHTLINE_MAIL_PASSWORD", ""),
        security=security,
        sender=_sender(given.get("SIGHTLINE_MAIL_FROM", "").strip()),
        base_address=_base(given.get("SIGHTLINE_ADDRESS", "").strip().rstrip("/"), https, hosts),
        held=held,
    )


def _sender(given: str) -> str:
    if given and not _SENDER.fullmatch(given):
        raise WrongSetting(f"SIGHTLINE_MAIL_FROM is “{given}”. Write an e-mail address, as quality@example.org.")
    return given or "Sightline <sightline@localhost>"


def _base(given: str, https: bool, hosts: Sequence[str]) -> str:
    """Where links in letters lead: never what a request says of itself."""
    if given and not _ADDRESS.fullmatch(given):
        raise WrongSetting(
            f"SIGHTLINE_ADDRESS is “{given}”. Write the address of the house, as https://quality.example.org."
        )
    if given:
        return given
    name = next((one.lstrip(".") for one in hosts if one != "*"), "localhost")
    return f"https://{name}" if https else f"http://{name}:8000"
