"""Mail from the environment: a server, files, or held back; and links that lead where the house says."""

from __future__ import annotations

from pathlib import Path

import pytest

from sightline.config.environment import Environment, WrongSetting
from sightline.config.mail import Mail, read_mail

FILES, SERVER = "filebased", "smtp"


def read(https: bool = False, hosts: tuple[str, ...] = ("quality.example.org",), **given: str) -> Mail:
    named = {f"SIGHTLINE_{name}": word for name, word in given.items()}
    return read_mail(Environment(named), Path("/data"), https=https, hosts=hosts)


@pytest.mark.parametrize(
    ("https", "given", "backend", "is_held"),
    [
        (False, {}, FILES, False),
        (True, {}, FILES, True),  # in service, and nobody would read the files
        (True, {"MAIL_HOST": "mail.example.org"}, SERVER, False),
        (False, {"MAIL_HOST": "mail.example.org"}, SERVER, False),
        (True, {"MAIL_HOST": "mail.example.org", "MAIL_HELD": "yes"}, SERVER, True),
    ],
)
def test_where_letters_go(https: bool, given: dict[str, str], backend: str, is_held: bool) -> None:
    found = read(https, **given)
    assert backend in found.backend and bool(found.held) is is_held
    assert found.folder == Path("/data/mailbox")


@pytest.mark.parametrize(("given", "port"), [({}, 587), ({"MAIL_SECURITY": "TLS"}, 465), ({"MAIL_PORT": "2525"}, 2525)])
def test_port_follows_from_how_it_is_secured(given: dict[str, str], port: int) -> None:
    assert read(**given).port == port


@pytest.mark.parametrize(
    ("https", "given", "expected"),
    [
        (True, {}, "https://quality.example.org"),
        (False, {}, "http://quality.example.org:8000"),
        (True, {"ADDRESS": "https://sight.example.org/"}, "https://sight.example.org"),
    ],
)
def test_links_lead_where_the_house_is(https: bool, given: dict[str, str], expected: str) -> None:
    assert read(https, **given).base_address == expected


@pytest.mark.parametrize(
    "given",
    [
        {"ADDRESS": "quality.example.org"},
        {"ADDRESS": "javascript:alert(1)"},
        {"ADDRESS": "https://example.org/?x=1"},
        {"MAIL_FROM": "nobody"},
        {"MAIL_FROM": "a@example.org\nBcc: b@example.org"},
        {"MAIL_SECURITY": "some"},
        {"MAIL_PORT": "0"},
    ],
)
def test_wrong_setting_is_answered_with_its_mend(given: dict[str, str]) -> None:
    with pytest.raises(WrongSetting, match="Write"):
        read(**given)
