"""What people write into the directory. Parsed and checked, never saved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils import timezone

from sightline.directory.models import Organisation
from sightline.directory.models.choices import choices, label
from sightline.directory.queries import find_organisation
from sightline.directory.wording import LINK, ROUTE, SCHEME, SUBJECT, begun
from sightline.directory.words import PROVIDERS, FactKind, Kind, Link, Route, Scheme, Sector, SubjectKind
from sightline.web.fields import DayField

YES_OR_NO = (("yes", "Yes"), ("no", "No"))
SEGMENTS = tuple((number, number) for number in "12345")
ANY_SECTOR = [("", "Not said"), *choices(Sector)]


@dataclass(frozen=True, slots=True)
class Asked:
    """How one kind of fact is asked for; without ``value`` it is another organisation that is named."""

    value: str = ""
    body: str = ""
    options: tuple[tuple[str, str], ...] = ()
    detail: str = "Why, or what else a reader should know"
    needs_detail: bool = False
    hint: str = ""


ASKED: Mapping[FactKind, Asked] = {
    FactKind.PROCESS_LEAD: Asked(
        body="Code of the body that leads",
        hint="Agreed among the systems: the coordinating commissioner, or one board on behalf of all.",
    ),
    FactKind.ACCOUNTABLE_BODY: Asked(body="Code of the body that is accountable for quality"),
    FactKind.ASSURING_COMMITTEE: Asked(value="Which committee is assured?"),
    FactKind.OVERSIGHT_SEGMENT: Asked(
        value="Segment", options=SEGMENTS, detail="Year of the framework", needs_detail=True
    ),
    FactKind.RECOVERY_SUPPORT: Asked(value="Is it in the recovery support programme?", options=YES_OR_NO),
    FactKind.IMPROVEMENT_DIRECTOR: Asked(
        value="Who is it?",
        hint="In the Recovery Support Programme they are consulted before an action or improvement plan is agreed.",
    ),
    FactKind.MOU: Asked(
        value="What is it called?",
        detail="What does it set about who owns risks, and how far the region is involved?",
        hint="What the region and the board agreed. Whoever passes a matter on to the region reads it first.",
    ),
    FactKind.QUALITY_LEAD: Asked(value="Which post, and who holds it?"),
    FactKind.QUALITY_STRATEGY: Asked(value="What is it called?"),
    FactKind.GOVERNANCE_PROCESS: Asked(value="What is it called, and where is it set out?"),
    FactKind.SQG_DEFINED: Asked(value="What is the group called?"),
    FactKind.AUTHORITY_SERVICES_IN_SCOPE: Asked(
        value="Does the system’s quality group consider them?",
        options=YES_OR_NO,
        hint="Services that a local authority buys from others than the NHS are in scope only by local decision.",
    ),
}
_OF_ANYONE = (
    FactKind.ACCOUNTABLE_BODY, FactKind.ASSURING_COMMITTEE, FactKind.OVERSIGHT_SEGMENT, FactKind.RECOVERY_SUPPORT,
    FactKind.IMPROVEMENT_DIRECTOR,
)  # fmt: skip
_OF_BOARDS = (
    FactKind.QUALITY_LEAD, FactKind.QUALITY_STRATEGY, FactKind.GOVERNANCE_PROCESS, FactKind.SQG_DEFINED, FactKind.MOU,
    FactKind.AUTHORITY_SERVICES_IN_SCOPE,
)  # fmt: skip


def facts_asked_of(organisation: Organisation) -> tuple[FactKind, ...]:
    """This function will say which facts may be written down about an organisation of its kind."""
    if organisation.kind == Kind.ICB:
        return (*_OF_BOARDS, *_OF_ANYONE)
    return (FactKind.PROCESS_LEAD, *_OF_ANYONE) if Kind(organisation.kind) in PROVIDERS else _OF_ANYONE


class BodyField(forms.CharField):
    """An organisation, told by any of its codes."""

    def __init__(self, **given: Any) -> None:
        given.setdefault("help_text", "The code that its page shows, or another by which files know it.")
        super().__init__(max_length=40, **given)

    def clean(self, value: Any) -> Any:
        """This function will find the organisation that a code names."""
        code = super().clean(value)
        if not code:
            return None
        found = find_organisation(code)
        if found is None:
            raise forms.ValidationError(f"No organisation has the code “{code}”. Search for it to find its code.")
        return found


class _Dated(forms.Form):
    """From a day to a day."""

    valid_from = DayField(label="From", required=False, help_text="For example 1 4 2026. Empty where nobody knows.")
    valid_to = DayField(label="Last day", required=False, help_text="Empty while it goes on.")

    def clean(self) -> dict[str, Any]:
        """This function will see that it does not end before it begins."""
        given: dict[str, Any] = super().clean() or {}
        begins, ends = given.get("valid_from"), given.get("valid_to")
        if begins and ends and ends < begins:
            self.add_error("valid_to", "The last day lies before the first: correct one of the two.")
        return given


class FactForm(_Dated):
    """One fact of the governance of quality, asked for as its kind needs."""

    field_order = ["value", "other", "is_missing", "detail", "valid_from", "valid_to", "source"]
    is_missing = forms.BooleanField(label="There is none: record that it is missing", required=False)
    detail = forms.CharField(max_length=250, required=False)
    source = forms.CharField(
        label="Where is this written?", max_length=250, help_text="A document, a decision, a publication."
    )

    def __init__(self, *args: Any, kind: FactKind, **kwargs: Any) -> None:
        self.asked = ASKED[kind]
        super().__init__(*args, **kwargs)
        named = self.asked.value or self.asked.body
        needed: dict[str, Any] = {
            "label": named,
            "required": not self.data.get("is_missing"),
            "error_messages": {"required": f"“{named}” is needed, or tick that there is none."},
        }
        if self.asked.body:
            self.fields["other"] = BodyField(**needed)
        elif self.asked.options:
            self.fields["value"] = forms.ChoiceField(
                label=self.asked.value, choices=self.asked.options, widget=forms.RadioSelect
            )
            del self.fields["is_missing"]  # yes or no, or a number: none of them can be missing
        else:
            self.fields["value"] = forms.CharField(max_length=250, **needed)
        self.fields["detail"].label = self.asked.detail
        self.fields["detail"].required = self.asked.needs_detail
        # The latest in force counts, so one without a beginning could not be told from those before it.
        self.fields["valid_from"].required = True
        self.fields["valid_from"].help_text = "For example 1 4 2026."
        self.fields["valid_from"].initial = timezone.localdate
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        """This function will refuse a fact that is there and missing at once."""
        given = super().clean()
        if given.pop("is_missing", False) and (given.get("value") or given.get("other")):
            self.add_error("is_missing", "Either say what there is, or tick that there is none.")
        return {"value": "", **given}


class CommissioningForm(_Dated):
    """A service, who commissions it, and by which route (ORG-07)."""

    field_order = ["service", "route", "commissioner"]
    service = forms.CharField(label="Which service?", max_length=200)
    route = forms.TypedChoiceField(
        label="Who commissions it, and from whom?",
        choices=[(route.value, begun(words)) for route, words in ROUTE.items()],
        coerce=Route,
        widget=forms.RadioSelect,
    )
    commissioner = BodyField(label="Code of the commissioner")


_IN_PART = "succeeded_in_part"
_LINKS = [(link.value, begun(words)) for link, words in LINK.items() if link is not Link.COMMISSIONED_BY]
_LINKS.append((_IN_PART, "Succeeded in part by, because it was divided"))


class RelationForm(_Dated):
    """How an organisation stands to another (ORG-02, ORG-10)."""

    field_order = ["link", "target"]
    link = forms.ChoiceField(label="What is it to the other organisation?", choices=_LINKS, widget=forms.RadioSelect)
    target = BodyField(label="Code of the other organisation")

    def clean(self) -> dict[str, Any]:
        """This function will part “succeeded in part” into the relation and its share."""
        given = super().clean()
        link = given.get("link")
        given["is_part"] = link == _IN_PART
        if link:
            given["link"] = Link.SUCCEEDED_BY if given["is_part"] else Link(link)
        return given


class IdentifierForm(forms.Form):
    """Another code by which files know an organisation."""

    scheme = forms.TypedChoiceField(
        label="Whose code is it?",
        choices=[(scheme.value, words) for scheme, words in SCHEME.items()],
        coerce=Scheme,
        widget=forms.RadioSelect,
    )
    value = forms.CharField(label="Code", max_length=40)


def _sector(word: str) -> Sector | None:
    return Sector(word) if word else None


class ProviderForm(forms.Form):
    """A provider that no list has; no contract is asked for (ORG-08)."""

    name = forms.CharField(label="Name", max_length=250)
    code = forms.CharField(
        label="Code", max_length=40, help_text="Its ODS code; where it has none, one that your files will use."
    )
    kind = forms.TypedChoiceField(
        label="What kind of provider?",
        choices=[(kind.value, label(kind)) for kind in sorted(PROVIDERS, key=label)],
        coerce=Kind,
    )
    sector = forms.TypedChoiceField(
        label="Sector", choices=ANY_SECTOR, coerce=_sector, empty_value=None, required=False
    )


class SubjectForm(forms.Form):
    """Something to watch over that is no organisation, or a board itself (ORG-04)."""

    kind = forms.TypedChoiceField(
        label="What is it?",
        choices=[(kind.value, words) for kind, words in SUBJECT.items()],
        coerce=SubjectKind,
        widget=forms.RadioSelect,
    )
    name = forms.CharField(label="Name", max_length=250)
    sector = forms.TypedChoiceField(
        label="Sector", choices=ANY_SECTOR, coerce=_sector, empty_value=None, required=False
    )
    organisation = BodyField(
        label="Code of the board", required=False, help_text="For a board itself alone; empty for everything else."
    )

    def clean(self) -> dict[str, Any]:
        """This function will ask a board for its organisation, and everything else for none."""
        given: dict[str, Any] = super().clean() or {}
        if "kind" not in given or "organisation" not in given:
            return given
        body, is_board = given["organisation"], given["kind"] is SubjectKind.ICB
        if is_board and (body is None or body.kind != Kind.ICB):
            self.add_error("organisation", "Give the code of the integrated care board.")
        elif body is not None and not is_board:
            self.add_error("organisation", "Leave this empty: only a board itself has an organisation here.")
        return given
