"""The frame of every page, the pages for when something is wrong, and who is offered what in the menu."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import jinja2
import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.template.exceptions import TemplateDoesNotExist
from django.template.loader import get_template
from django.test import RequestFactory
from django.urls import path

from sightline.core.access import Grant, Permission, Role
from sightline.core.verdict import Reason
from sightline.web.gate import needs, needs_sign_in, open_to_all
from sightline.web.navigation import Entry, beneath, menu, navigation


def _page(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def _marked(mark) -> object:
    def page(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    return mark(page)


urlpatterns = [
    path("", _marked(needs(Permission.SEE_PICTURE))),
    path("subjects/", _marked(needs(Permission.SEE_PICTURE))),
    path("intelligence/", _marked(needs(Permission.SEE_INTELLIGENCE))),
    path("intelligence/share/", _marked(needs(Permission.SHARE_INTELLIGENCE))),
    path("intelligence/referrals/", _marked(needs(Permission.SEE_INTELLIGENCE))),
    path("intelligence/review/", _marked(needs(Permission.REVIEW_INTELLIGENCE))),
    path("indicators/", _page),  # no mark: closed to all
    path("import/", _marked(needs(Permission.IMPORT_DATA))),
    path("people/", _marked(needs(Permission.KEEP_PEOPLE))),
    path("account/", _marked(needs_sign_in)),
    path("sign-in/", _marked(open_to_all("whoever comes has not signed in"))),
    path("sign-out/", _marked(open_to_all("leaving is always allowed"))),
    path("about/", _marked(open_to_all("says what this is"))),
]
pytestmark = pytest.mark.urls(__name__)


@dataclass
class Reader:
    """Somebody with roles, as the frame knows them."""

    grants: Sequence[Grant] = ()
    is_authenticated: bool = True

    def __str__(self) -> str:
        return "Amira <Okafor>"


def request_of(user: object, address: str = "/", messages: Sequence[object] = ()) -> HttpRequest:
    request = RequestFactory().get(address)
    request.user = user
    request.csp_nonce = "n0nce"
    request._messages = messages
    return request


@pytest.mark.parametrize(
    ("role", "offered"),
    [
        (Role.QUALITY_LEAD, ["Home", "Subjects", "Intelligence", "Import"]),
        (Role.MEMBER, ["Home", "Subjects", "Intelligence"]),
        (Role.PROVIDER, ["Home", "Subjects"]),
        (Role.ADMINISTRATOR, ["People"]),
        (Role.OPERATOR, ["Home", "Subjects", "Intelligence", "People", "Import"]),
    ],
)
def test_menu_offers_what_the_gate_would_open(role: Role, offered: list[str]) -> None:
    assert [entry.text for entry in navigation(request_of(Reader([Grant(role)])))] == offered


@pytest.mark.parametrize(
    ("role", "href"),
    [(Role.MEMBER, "/intelligence/share/"), (Role.PROVIDER, "/intelligence/share/"), (Role.AUDITOR, "")],
)
def test_menu_offers_to_share_to_whoever_sits_in_a_group(role: Role, href: str) -> None:
    assert menu(request_of(Reader([Grant(role)]))).share == href


def test_pages_of_a_stage_stand_in_a_row_with_the_open_one_marked() -> None:
    source = '{% from "web/parts.html" import subnav %}{{ subnav(entries, "Intelligence") }}'
    template = engines["jinja2"].from_string(source)
    html = template.render({"entries": [Entry("All <of> it", "/a/", here=True), Entry("Mine", "/b/")]})
    assert '<nav class="s-contents" aria-label="Intelligence">' in html
    assert '<a href="/a/" aria-current="page">All &lt;of&gt; it</a>' in html and '<a href="/b/">Mine</a>' in html
    assert not template.render({"entries": []}).strip()


def test_pages_of_a_part_are_offered_on_each_of_them_and_nowhere_else() -> None:
    lead = Reader([Grant(Role.QUALITY_LEAD)])
    shown = beneath(request_of(lead, "/intelligence/referrals/"))
    assert [entry.text for entry in shown if entry.here] == ["Referrals"]
    assert {"Heard", "To review"} <= {entry.text for entry in shown}
    assert beneath(request_of(lead, "/intelligence/share/")) == beneath(request_of(lead, "/subjects/")) == ()
    assert "To review" not in {
        entry.text for entry in beneath(request_of(Reader([Grant(Role.MEMBER)]), "/intelligence/"))
    }


def test_menu_of_a_stranger_offers_open_pages_alone() -> None:
    frame = menu(request_of(AnonymousUser()))
    assert (frame.pages, frame.sign_in, frame.sign_out, frame.account, frame.name) == ((), "/sign-in/", "", "", "")
    assert [entry.text for entry in frame.footer] == ["About Sightline"]


@pytest.mark.parametrize(("address", "here"), [("/", ["Home"]), ("/subjects/x/", ["Subjects"]), ("/elsewhere/", [])])
def test_menu_marks_where_the_reader_is(address: str, here: list[str]) -> None:
    entries = navigation(request_of(Reader([Grant(Role.OPERATOR)]), address))
    assert [entry.text for entry in entries if entry.here] == here


def frame(content: str = "", messages: Sequence[object] = (), **context: object) -> str:
    source = '{% extends "web/layout.html" %}{% block pageTitle %}Subjects{% endblock %}{% block content %}' + content
    template = engines["jinja2"].from_string(source + "{% endblock %}")
    return template.render(context, request_of(Reader([Grant(Role.QUALITY_LEAD)]), "/subjects/", messages))


def test_frame_has_its_landmarks_and_lets_one_inline_script_run() -> None:
    html = frame(content="<h1>Hello</h1>")
    assert "<title>Subjects – Sightline</title>" in html
    assert html.index('href="#maincontent"') < html.index('<main class="nhsuk-main-wrapper" id="maincontent"')
    assert html.count('nonce="n0nce"') == len(re.findall(r"<script(?![^>]* src=)", html)) == 1
    assert re.search(
        r'<form[^>]*action="/sign-out/" method="post">\s*<input type="hidden" name="csrfmiddlewaretoken"', html
    )
    assert "Amira &lt;Okafor&gt;" in html
    assert 'aria-current="true"' in html


def test_frame_has_no_nhs_logo_no_style_attribute_and_nothing_foreign() -> None:
    html = frame()
    assert "nhsuk-header__logo" not in html
    assert " style=" not in html and "<style" not in html
    assert not re.findall(r'(?:href|src|action)="(?:https?:)?//', html)
    assert "None" not in re.sub(r"<[^>]*>", "", html)


def test_messages_and_breadcrumbs_are_shown() -> None:
    class Message:
        message, level_tag = "3 files <came> in.", "success"

    html = frame(messages=[Message()], breadcrumbs=[{"text": "Home", "href": "/"}])
    assert '<div class="s-banner s-banner--success" role="status">' in html
    assert "3 files &lt;came&gt; in." in html
    assert "nhsuk-breadcrumb" in html


@pytest.mark.parametrize("name", ["500.html", "404.html", "403.html", "400.html", "403_csrf.html"])
def test_pages_for_trouble_need_no_request_and_no_database(name: str) -> None:
    html = engines["jinja2"].env.get_template(name).render()
    assert "<h1" in html and "Sign out" not in html
    assert get_template(name).backend.name == "jinja2"


def test_refusal_tells_every_reason_and_its_source() -> None:
    reasons = (Reason("It is for the <chair>.", "QSG 2017 ¶9"), Reason("It is too early."))
    html = get_template("web/refused.html").render({"reasons": reasons}, request_of(Reader()))
    assert "It is for the &lt;chair&gt;." in html and "QSG 2017 ¶9" in html and "It is too early." in html


def test_what_cannot_be_used_is_listed_all_at_once() -> None:
    html = get_template("web/invalid.html").render(
        {"problems": ("Row 3: no code.", "Row 9: a date?")}, request_of(Reader())
    )
    assert "Row 3: no code." in html and "Row 9: a date?" in html


def test_pages_that_are_not_ours_are_left_to_the_other_engine() -> None:
    environment = engines["jinja2"].env
    names = environment.list_templates()
    assert "web/layout.html" in names and "nhsuk/components/button/macro.jinja" in names
    assert not [name for name in names if name.startswith(("allauth/", "account/email", "admin/", "registration/"))]
    with pytest.raises(jinja2.TemplateNotFound):
        environment.get_template("allauth/layouts/base.html")
    with pytest.raises(TemplateDoesNotExist):
        engines["jinja2"].get_template("allauth/layouts/base.html")


def test_text_is_escaped_and_missing_fields_of_missing_fields_are_empty() -> None:
    template = engines["jinja2"].from_string("{{ text }}|{{ nobody.at.all }}|{{ value | number(1, '%') }}")
    assert template.render({"text": "<i>", "value": 91.25}) == "&lt;i&gt;||91.2%"
