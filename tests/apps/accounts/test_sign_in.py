"""Signing in, step by step: password, second factor, a password of one's own, sessions, and what is turned away."""

from __future__ import annotations

import base64
import json
import time
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client

from sightline.accounts.models import Person
from sightline.audit.models import Event
from sightline.core.access import Role
from tests.factories.accounts import PASSWORD, TOTP_SECRET, a_person, signed_in
from tests.factories.passkeys import SoftKey

pytestmark = pytest.mark.django_db
SIGN_IN, SECOND_STEP, NEW_PASSWORD = "/sign-in/", "/sign-in/second-step/", "/sign-in/new-password/"


def _code(secret: str = TOTP_SECRET) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def _give_password(client: Client, email: str, password: str = PASSWORD, **more: str) -> Any:
    return client.post(SIGN_IN, {"login": email, "password": password, **more})


def _is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_password_alone_does_not_open_the_house(client: Client) -> None:
    person = a_person(Role.MEMBER)
    answer = _give_password(client, person.email)
    assert answer["Location"] == SECOND_STEP
    assert not _is_in(client)
    assert client.get("/account/")["Location"].startswith(SIGN_IN)


def test_password_and_code_open_it_in_any_case_of_letters(client: Client) -> None:
    person = a_person(Role.MEMBER)
    _give_password(client, person.email.upper())
    assert "Second step" in client.get(SECOND_STEP).content.decode()
    client.post(SECOND_STEP, {"code": _code()})
    assert _is_in(client)
    assert [event.verb for event in Event.objects.all()] == ["accounts.signed_in"]


def test_code_works_once_only(client: Client) -> None:
    person, code = a_person(Role.MEMBER), _code()
    _give_password(client, person.email)
    client.post(SECOND_STEP, {"code": code})
    again = Client()
    _give_password(again, person.email)
    again.post(SECOND_STEP, {"code": code})
    assert not _is_in(again)


def test_recovery_code_works_once_only(client: Client) -> None:
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    person = a_person(Role.MEMBER)
    code = RecoveryCodes.activate(person).get_unused_codes()[0]
    for expected in (True, False):
        client = Client()
        _give_password(client, person.email)
        client.post(SECOND_STEP, {"code": code})
        assert _is_in(client) is expected


@pytest.mark.parametrize("email", ["person@example.org", "nobody@example.org"])
def test_wrong_password_and_unknown_person_are_answered_alike(client: Client, email: str) -> None:
    a_person(Role.MEMBER, email="person@example.org")
    page = _give_password(client, email, "quite another one").content.decode()
    assert "The e-mail address or the password is not right." in page
    assert [event.actor for event in Event.objects.all()] == ["nobody"]


def test_guessing_is_stopped_after_five_attempts(client: Client) -> None:
    person = a_person(Role.MEMBER)
    for _ in range(5):
        _give_password(client, person.email, "quite another one")
    answer = _give_password(Client(), person.email)
    assert "Too many failed attempts" in answer.content.decode()


def test_leaver_is_told_only_after_the_right_password(client: Client) -> None:
    leaver = a_person(Role.MEMBER, is_active=False)
    assert _give_password(client, leaver.email)["Location"] == "/sign-in/deactivated/"
    assert not _is_in(client)


def test_first_password_must_be_replaced_before_anything_else(client: Client) -> None:
    person = a_person(Role.MEMBER, second_factor=False, must_change_password=True)
    assert _give_password(client, person.email)["Location"] == NEW_PASSWORD
    assert not _is_in(client)
    assert client.get("/account/")["Location"].startswith(SIGN_IN)
    assert "Choose your password" in client.get(NEW_PASSWORD).content.decode()

    client.post(NEW_PASSWORD, {"password1": PASSWORD, "password2": PASSWORD})
    assert not _is_in(client), "the first password may not stand"
    client.post(NEW_PASSWORD, {"password1": "short", "password2": "short"})
    assert not _is_in(client)
    client.post(NEW_PASSWORD, {"password1": "amber kettle fjord", "password2": "amber kettle fjord"})
    assert _is_in(client)
    again = Person.objects.get(pk=person.pk)
    assert again.check_password("amber kettle fjord")
    assert not again.must_change_password
    assert [event.verb for event in Event.objects.order_by("pk")] == ["accounts.chose_password", "accounts.signed_in"]


def test_first_password_does_not_replace_the_second_factor(client: Client) -> None:
    person = a_person(Role.MEMBER, must_change_password=True)
    assert _give_password(client, person.email)["Location"] == SECOND_STEP
    assert client.get(NEW_PASSWORD).status_code == 302
    client.post(SECOND_STEP, {"code": _code()})
    assert not _is_in(client)
    assert client.get(NEW_PASSWORD).status_code == 200


def test_whoever_has_no_second_factor_sets_one_up_before_going_on(
    client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    person = a_person(Role.MEMBER, second_factor=False)
    _give_password(client, person.email)
    assert client.get("/account/")["Location"] == "/account/2fa/"
    assert "Before you go on" in client.get("/account/2fa/").content.decode()
    page = client.get("/account/2fa/app/set-up/").content.decode()
    secret = client.session["mfa.totp.secret"]
    assert secret in page, "the key is there as text too"
    drawn = base64.b64decode(page.partition("data:image/svg+xml;base64,")[2].partition('"')[0]).decode()
    assert 'fill="white"' in drawn, "it can be scanned from a dark page too"
    assert client.post("/account/2fa/app/set-up/", {"code": "000000"}).status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post("/account/2fa/app/set-up/", {"code": _code(secret)}, follow=True)
    assert "Recovery codes" in answer.content.decode()
    assert client.get("/account/").status_code == 200
    assert Authenticator.objects.filter(user=person).count() == 2
    assert "accounts.totp_activated" in [event.verb for event in Event.objects.all()]


def test_old_sign_in_must_be_confirmed_before_the_second_factor_changes() -> None:
    client = signed_in(a_person(Role.MEMBER))  # force_login leaves no trace of when a password was given
    answer = client.get("/account/2fa/app/remove/")
    assert answer["Location"].startswith("/account/2fa/password/")
    client.post(answer["Location"], {"password": PASSWORD})
    assert client.get("/account/2fa/app/remove/").status_code == 200


def test_first_enrolment_is_not_a_ring_even_when_the_sign_in_is_old() -> None:
    client = signed_in(a_person(Role.MEMBER, second_factor=False))
    answer = client.get("/account/2fa/app/set-up/")
    assert client.get(answer["Location"]).status_code == 200
    client.post(answer["Location"], {"password": PASSWORD})
    assert client.get("/account/2fa/app/set-up/").status_code == 200


def test_changed_password_ends_other_sessions_and_keeps_this_one() -> None:
    person = a_person(Role.MEMBER)
    here, elsewhere = signed_in(person), signed_in(person)
    given = {"oldpassword": PASSWORD, "password1": "amber kettle fjord", "password2": "amber kettle fjord"}
    here.post("/account/password/", given)
    assert here.get("/account/").status_code == 200
    assert elsewhere.get("/account/").status_code == 302


def test_sessions_are_listed_and_others_can_be_ended() -> None:
    person = a_person(Role.MEMBER)
    here, elsewhere = signed_in(person), signed_in(person)
    for each in (here, elsewhere):
        assert each.get("/account/").status_code == 200
    page = here.get("/account/sessions/").content.decode()
    assert page.count("127.0.0.1") == 2
    assert "This one" in page
    here.post("/account/sessions/")
    assert here.get("/account/").status_code == 200
    assert elsewhere.get("/account/").status_code == 302


def test_nobody_can_sign_up(client: Client) -> None:
    for path in ("/signup/", "/sign-up/", "/accounts/signup/", "/password/reset/"):
        assert client.get(path).status_code == 404


def test_sign_in_leads_to_no_foreign_house(client: Client) -> None:
    person = a_person(Role.MEMBER, second_factor=False)
    answer = _give_password(client, person.email, next="https://elsewhere.example/")
    assert answer["Location"] == "/"


@pytest.mark.parametrize(
    ("roles", "page"),
    [
        ((Role.CHAIR,), "/"),
        ((Role.ADMINISTRATOR,), "/people/"),
        ((), "/account/"),
        ((Role.ADMINISTRATOR, Role.CHAIR), "/"),
    ],
)
def test_sign_in_leads_to_a_page_that_the_role_may_see(client: Client, roles: tuple[Role, ...], page: str) -> None:
    person = a_person(*roles)
    _give_password(client, person.email)
    assert client.post(SECOND_STEP, {"code": _code()})["Location"] == page


def test_passkey_pages_carry_what_the_script_needs() -> None:
    client = signed_in(a_person(Role.MEMBER))
    sent_on = client.get("/account/2fa/keys/add/")["Location"]
    client.post(sent_on, {"password": PASSWORD})
    page = client.get("/account/2fa/keys/add/").content.decode()
    for part in ('"challenge"', 'id="id_credential"', 'id="mfa_webauthn_add"', "mfa/js/webauthn.js"):
        assert part in page
    assert " style=" not in page
    assert " onclick=" not in page
    answer = Client().get("/sign-in/passkey/", headers={"accept": "application/json"})
    assert "challenge" in answer.json()["request_options"]["publicKey"]


def _scripted(page: str) -> Any:
    """What the server gives the page's script."""
    return json.loads(page.partition('<script id="js_data" type="application/json">')[2].partition("</script>")[0])


def test_passkey_is_added_and_then_signs_in_alone() -> None:
    person = a_person(Role.MEMBER, second_factor=False)
    here = Client()
    _give_password(here, person.email)
    asked = _scripted(here.get("/account/2fa/keys/add/").content.decode())["creation_options"]["publicKey"]
    key = SoftKey(b"a key of its own")
    credential = key.register(asked["challenge"], asked["user"]["id"])
    given = {"name": "phone", "passwordless": "on", "credential": json.dumps(credential)}
    assert here.post("/account/2fa/keys/add/", given)["Location"] == "/account/2fa/codes/"
    assert "phone" in here.get("/account/2fa/keys/").content.decode()

    elsewhere = Client()
    challenge = elsewhere.get("/sign-in/passkey/", headers={"accept": "application/json"}).json()
    signed = key.sign(challenge["request_options"]["publicKey"]["challenge"])
    assert elsewhere.post("/sign-in/passkey/", {"credential": json.dumps(signed)})["Location"] == "/"
    assert _is_in(elsewhere)

    replayed = Client()
    replayed.get("/sign-in/passkey/", headers={"accept": "application/json"})
    replayed.post("/sign-in/passkey/", {"credential": json.dumps(signed)})
    assert not _is_in(replayed)


def test_passkey_is_a_second_step(client: Client) -> None:
    person = a_person(Role.MEMBER, second_factor=False)
    key = SoftKey(b"another key")
    data = {"name": "key", "credential": key.register()}
    Authenticator.objects.create(user=person, type=Authenticator.Type.WEBAUTHN, data=data)
    _give_password(client, person.email)
    asked = _scripted(client.get(SECOND_STEP).content.decode())["request_options"]["publicKey"]
    client.post(SECOND_STEP, {"credential": json.dumps(key.sign(asked["challenge"]))})
    assert _is_in(client)


def test_house_keeps_passwords_as_argon2() -> None:
    from sightline.config import settings

    assert settings.PASSWORD_HASHERS[0] == "django.contrib.auth.hashers.Argon2PasswordHasher"
    assert a_person().password.startswith("argon2$")
