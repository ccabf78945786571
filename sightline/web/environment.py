"""The Jinja2 environment: where templates are found, and the words they may use."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from jinja2 import ChainableUndefined, ChoiceLoader, Environment, FileSystemLoader, PackageLoader

from sightline.core import verdict
from sightline.web import charts, forms, navigation, wording

PACKAGE = "sightline."


def environment(**options: Any) -> Environment:
    """This function will make the environment in which every page of ours is rendered.

    Only our own apps' templates and the NHS macros are in it. Pages of other apps (allauth's, say) that we have not
    drawn ourselves are not found here, so that Django's engine, which is asked next, can take them.
    """
    folders = [f"{app.path}/templates" for app in apps.get_app_configs() if app.name.startswith(PACKAGE)]
    options["loader"] = ChoiceLoader([FileSystemLoader(folders), PackageLoader("nhsuk_frontend_jinja")])
    options["undefined"] = ChainableUndefined  # the NHS macros ask for fields of fields that were not given
    made = Environment(**{"trim_blocks": True, "lstrip_blocks": True, **options})  # noqa: S701 - Django turns autoescape on
    made.globals.update(static=static, url=url, link=link, charts=charts, menu=navigation.menu)
    made.filters.update(
        day=wording.day,
        month=wording.month,
        short_month=wording.short_month,
        moment=wording.moment,
        number=wording.number,
        plural=wording.plural,
        csp_nonce=csp_nonce,
        paragraph=verdict.paragraph,
        nhs_field=forms.nhs_field,
        nhs_errors=forms.nhs_errors,
    )
    return made


def url(name: str, *args: object, **kwargs: object) -> str:
    """This function will give the address of a named page; a name that is not there is a mistake and fails."""
    return reverse(name, args=args or None, kwargs=kwargs or None)


def link(name: str, *args: object, **kwargs: object) -> str:
    """This function will give the address of a named page, or nothing where this house has no such page."""
    try:
        return url(name, *args, **kwargs)
    except NoReverseMatch:
        return ""


def csp_nonce(request: object) -> str:
    """This function will give the word that lets the page's one inline script run.

    The middleware makes it when it is first read and counts as false until then, so it must be made a string
    before a template asks whether it is there.
    """
    return str(getattr(request, "csp_nonce", "")) if request else ""
