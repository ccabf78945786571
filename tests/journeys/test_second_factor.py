"""A second factor, set up and used: an app's codes, a passkey, recovery codes, and proof before a change."""

from __future__ import annotations

import re
import time

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Page, expect

from tests.journeys.house import CHOSEN, House, heading, sign_in
from tests.journeys.looking import Looker

PERIOD = 30  # seconds for which a code holds


def code_of(secret: str) -> str:
    """This function will give an app's code that holds for some seconds more."""
    if (left := PERIOD - time.time() % PERIOD) < 6:
        time.sleep(left + 0.1)
    return format_hotp_value(hotp_value(secret, int(time.time()) // PERIOD))


def sign_out(page: Page) -> None:
    """This function will sign out by the header."""
    page.get_by_role("button", name="Sign out").first.click()
    heading(page, "Sign in")


def test_given_a_newcomer_when_they_set_up_an_app_then_its_codes_are_asked_for_at_sign_in(
    house: House, looker: Looker
) -> None:
    page, newcomer = house.settle()
    page.goto("/account/2fa/")
    page.get_by_role("link", name="Set up an authenticator app").click()
    heading(page, "Set up an authenticator app")
    page.get_by_label("Code").fill("not one")
    page.get_by_role("button", name="Set up").click()
    expect(page.get_by_role("alert")).to_contain_text("There is a problem")
    looker.look(page, "mfa_activate_totp@refused")
    secret = page.locator("main code").inner_text()
    page.get_by_label("Code").fill(code_of(secret))
    page.get_by_role("button", name="Set up").click()
    heading(page, "Recovery codes")
    looker.look(page, "mfa_view_recovery_codes")
    recovery = page.locator("main li code").first.inner_text()
    with page.expect_download() as downloading:
        page.get_by_role("link", name="Download the codes").click()
    assert recovery in downloading.value.path().read_text()
    page.get_by_role("link", name="Make new codes").click()
    looker.look(page, "mfa_generate_recovery_codes")
    page.goto("/account/2fa/")
    looker.look(page, "mfa_index@set_up")
    page.get_by_role("link", name="Remove the authenticator app").click()
    looker.look(page, "mfa_deactivate_totp")
    page.goto("/account/2fa/code/")
    looker.look(page, "mfa_reauthenticate")

    sign_out(page)
    sign_in(page, newcomer.email, CHOSEN)
    heading(page, "Second step of sign-in")
    looker.look(page, "mfa_authenticate")
    page.get_by_label("Code").fill(code_of(secret))
    page.get_by_role("button", name="Sign in", exact=True).click()
    heading(page, "Where are we most worried?")

    sign_out(page)
    sign_in(page, newcomer.email, CHOSEN)
    page.get_by_label("Code").fill(recovery)  # the phone is not at hand
    page.get_by_role("button", name="Sign in", exact=True).click()
    heading(page, "Where are we most worried?")


def with_a_device(page: Page) -> None:
    """This function will give the browser a device that knows its owner by fingerprint."""
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    device.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def test_given_a_device_when_a_passkey_is_added_then_it_alone_signs_its_owner_in(house: House, looker: Looker) -> None:
    page, newcomer = house.settle()
    with_a_device(page)
    page.goto("/account/2fa/")
    page.get_by_role("link", name="Add a passkey or security key").click()
    looker.look(page, "mfa_add_webauthn")
    page.get_by_label("Name of the key").fill("ward laptop")
    page.get_by_label("Sign in with this key alone").check()
    page.get_by_role("button", name="Add", exact=True).click()
    heading(page, "Recovery codes")
    page.goto("/account/2fa/keys/")
    looker.look(page, "mfa_list_webauthn")
    expect(page.get_by_role("cell", name="ward laptop", exact=True)).to_be_visible()
    page.get_by_role("link", name="Rename").click()
    looker.look(page, "mfa_edit_webauthn")
    page.get_by_label("Name of the key").fill("office laptop")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("cell", name="office laptop", exact=True)).to_be_visible()
    page.get_by_role("link", name="Remove").click()
    heading(page, "Remove “office laptop”")
    looker.look(page, "mfa_remove_webauthn")
    page.goto("/account/2fa/key/")
    looker.look(page, "mfa_reauthenticate_webauthn")

    sign_out(page)
    page.get_by_role("button", name="Sign in with a passkey").click()
    heading(page, "Where are we most worried?")
    expect(page.get_by_role("link", name=newcomer.name)).to_be_visible()

    sign_out(page)
    sign_in(page, newcomer.email, CHOSEN)  # and with the password, the key is the second step
    looker.look(page, "mfa_authenticate@key")
    page.get_by_role("button", name="Use a passkey or security key").click()
    heading(page, "Where are we most worried?")


def test_given_a_device_without_a_passkey_when_it_is_tried_then_the_page_says_so(house: House) -> None:
    page = house.visit()
    with_a_device(page)
    page.goto("/sign-in/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_text("The passkey was not used")).to_be_visible()
    expect(page).to_have_url(re.compile("/sign-in/"))
