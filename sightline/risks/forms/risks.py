"""What people fill in about one risk: opening it, stating it anew, and each thing that is done about it. Never saved."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django import forms

from sightline.accounts.models import Person
from sightline.core.risks import RiskRules
from sightline.core.rulebook.circumstances import Severity
from sightline.directory.choosing import ChoosesSubjects, SubjectWords
from sightline.directory.models import Subject
from sightline.risks.forms.fields import briefly, lines, one_of, some_of, steps
from sightline.risks.giving import LISTS, Opening, Placing, Scored, Stated
from sightline.risks.queries.facts import lines_of
from sightline.web.checking import Checked
from sightline.web.fields import DayField, Keyed, Prose

TITLE = 250
HOLDS = (
    ("is_healthcare", "It is about health care", "The ICB then answers for it, where nothing else was agreed."),
    (
        "is_authority_assured",
        "A local authority assures it",
        "As with safeguarding: then the authority answers for it.",
    ),
    ("is_nhs_england_commissioned", "NHS England commissions the service", "Alone or together with others."),
    ("is_nationally_commissioned", "The service is commissioned nationally", ""),
)
ABOUT_FIRST = ("subject", "subject_2", "subject_3")
ABOUT_MORE = tuple(f"subject_{number}" for number in range(4, 13))  # asked for beneath, where few need them
ABOUT = (*ABOUT_FIRST, *ABOUT_MORE)
SAID = ("title", "cause", "event", "effect", "category", "severity", "grave", "holds")
WHO = ("accountable", "owner", "owner_name", "owner_until", "shared_owners", "partners", "pathways")
SCORES = ("likelihood", "consequence", "rationale")
OTHER_SCORES = (
    "initial_likelihood",
    "initial_consequence",
    "target_likelihood",
    "target_consequence",
    "target_by",
)
WHERE = ("registers", "reference", "why_raised")
REST = ("rests_on_judgement", "review_on", "opened_on")


class StatedFields(ChoosesSubjects, Checked):
    """What is said of a risk; ``owners`` are the people with an account who could own it."""

    accountable = SubjectWords(
        label="Which organisation answers for it?",
        help_text="Its name or code. Never a group: a group has no powers of its own (SQG 2022 §5.1).",
        required=False,
    )

    def __init__(self, *args: Any, rules: RiskRules, owners: Sequence[Person], **given: Any) -> None:
        self.rules = rules
        self.owners = {str(one.pk): one for one in owners}
        super().__init__(*args, **given)
        self.fields |= self._said(rules) | self._who()

    def _said(self, rules: RiskRules) -> dict[str, forms.Field]:
        registers = rules.registers
        return {
            "title": forms.CharField(label="In a few words", max_length=TITLE),
            "cause": Prose(label="What causes it?"),
            "event": Prose(label="What could happen?"),
            "effect": Prose(label="What would follow, and for whom?"),
            "category": one_of("Category", [(one.id, one.name, one.about) for one in rules.appetite.categories]),
            "severity": one_of(
                "How grave is the concern?", [(one.id.value, one.name, one.says) for one in registers.severities]
            ),
            "grave": some_of("Is it", [(one.id, one.name, one.says) for one in registers.modifiers]),
            "holds": some_of("Which of these hold?", HOLDS, initial=["is_healthcare"]),
        }

    def _who(self) -> dict[str, forms.Field]:
        people = [("", "Nobody with an account here"), *((key, one.display_name) for key, one in self.owners.items())]
        return {
            "owner": forms.ChoiceField(label="Who owns it?", choices=people, required=False),
            "owner_name": forms.CharField(
                label="Or an owner without an account", help_text="The role is enough.", max_length=250, required=False
            ),
            "owner_until": DayField(label="Until when can they see to it, if that is known?", required=False),
            "shared_owners": lines("Who owns it with them?", "One a line."),
            "partners": lines("Which partners does it affect?", "One a line."),
            "pathways": lines("Which pathways does it affect?", "One a line."),
            "why_raised": Prose(
                label="Why can the place not answer it alone?",
                help_text="If it is raised from a place (SQG 2022 §3.13).",
                required=False,
            ),
            "rests_on_judgement": forms.BooleanField(label="It rests on judgement, not on figures", required=False),
            "review_on": DayField(label="When is it looked at next?", required=False),
        }

    def clean(self) -> dict[str, Any]:
        """This function will ask that whoever answers for a risk is an organisation."""
        given: dict[str, Any] = super().clean() or {}
        body = given.get("accountable")
        if isinstance(body, Subject) and body.organisation is None:
            self.add_error("accountable", f"{body.name} is no organisation. Name the one that answers for the risk.")
        return given

    def stated(self) -> Stated:
        """This function will give what was said."""
        given: dict[str, Any] = self.cleaned_data
        body = given["accountable"]
        plain = ("title", "cause", "event", "effect", "category", "owner_name", "owner_until", "why_raised")
        said: dict[str, Any] = {name: given[name] for name in (*plain, "rests_on_judgement", "review_on")}
        said |= {name: lines_of(given[name]) for name in LISTS}
        said |= {name: name in given["holds"] for name, *_ in HOLDS}
        return Stated(
            **said,
            severity=Severity(given["severity"]),
            is_complex="complex" in given["grave"],
            is_recurrent="recurrent" in given["grave"],
            accountable=body.organisation if body else None,
            owner=self.owners.get(given["owner"]),
        )


class OpenForm(StatedFields, Keyed):
    """A new risk, in parts. ``registers`` gives where it could stand, ``earlier`` is what it may have come back from."""

    subject = SubjectWords(label="Whom or what is it about?")
    subject_2 = SubjectWords(label="And about whom else?", required=False)
    subject_3 = SubjectWords(label="And a third?", required=False)
    links = forms.CharField(widget=forms.HiddenInput, max_length=2_000, required=False)  # what it was begun from

    def __init__(
        self,
        *args: Any,
        registers: Callable[[Sequence[Subject]], Sequence[tuple[str, str, Placing]]],
        earlier: Sequence[tuple[str, str]] = (),
        **given: Any,
    ) -> None:
        super().__init__(*args, **given)
        some = registers(self._named())
        self.placings = {key: one for key, _, one in some}
        self.fields |= self._scores() | self._places(some)
        if earlier:
            self.fields["follows"] = forms.ChoiceField(
                label="Is it one of these, come back?",
                choices=[*earlier, ("no", "No, it is another risk")],
                widget=forms.RadioSelect,
            )

    @property
    def is_about_more(self) -> bool:
        """Whether more is named than the first fields hold."""
        return any(self[name].value() for name in ABOUT_MORE)

    def _named(self) -> list[Subject]:
        """What the words of a form that was sent mean, before it is known whether the rest of it will do."""
        some = [self._meant[name] for name in ABOUT if name in self._meant]
        return [one.one for one in some if one.one is not None]

    def _scores(self) -> dict[str, forms.Field]:
        matrix = self.rules.matrix
        likely, grave = steps(matrix.likelihood), steps(matrix.consequence)
        return {
            "likelihood": one_of("How likely is it now?", likely),
            "consequence": one_of("How grave would it be?", grave),
            "rationale": Prose(label="Why this score?"),
            "initial_likelihood": briefly("Likelihood at the start", likely),
            "initial_consequence": briefly("Consequence at the start", grave),
            "target_likelihood": briefly("Likelihood aimed for", likely),
            "target_consequence": briefly("Consequence aimed for", grave),
            "target_by": DayField(label="By when?", required=False),
        }

    def _places(self, registers: Sequence[tuple[str, str, Placing]]) -> dict[str, forms.Field]:
        return {
            "registers": forms.MultipleChoiceField(
                label="On which registers shall it stand?",
                help_text="You are told where it has to stand, and where it may not, before anything is recorded.",
                choices=[(key, name) for key, name, _ in registers],
                widget=forms.CheckboxSelectMultiple,
                required=False,
            ),
            "reference": forms.CharField(
                label="Its number on the main register of the ICB",
                help_text="Health risks of the system carry it (NQB risk response 2022, Core components).",
                max_length=80,
                required=False,
            ),
            "opened_on": DayField(label="Since when is it known?", help_text="Today, if left empty.", required=False),
        }

    def clean(self) -> dict[str, Any]:
        """This function will ask for both halves of a score or neither, and for no subject twice."""
        given = super().clean()
        for name in ("initial", "target"):
            if bool(given.get(f"{name}_likelihood")) != bool(given.get(f"{name}_consequence")):
                self.add_error(f"{name}_likelihood", "Give both likelihood and consequence, or neither.")
        if given.get("target_by") and not given.get("target_likelihood"):
            self.add_error("target_by", "Say first what is aimed for.")
        return given

    def subjects(self) -> tuple[Subject, ...]:
        """This function will give what it is about, each once."""
        found = [self.cleaned_data.get(name) for name in ABOUT]
        return tuple(dict.fromkeys(one for one in found if one is not None))

    def opening(self) -> Opening:
        """This function will give all of it, but for links and what it follows."""
        given = self.cleaned_data
        asked = [self.placings[key] for key in given["registers"]]
        number = given["reference"]
        return Opening(
            stated=self.stated(),
            subjects=self.subjects(),
            current=Scored(int(given["likelihood"]), int(given["consequence"]), given["rationale"]),
            initial=self._score("initial"),
            target=self._score("target", given["target_by"]),
            places=tuple(Placing(one.tier, one.body, number if one.tier == "icb" else "") for one in asked),
            opened_on=given["opened_on"],
        )

    def _score(self, name: str, by_on: date | None = None) -> Scored | None:
        likelihood, consequence = (self.cleaned_data[f"{name}_{half}"] for half in ("likelihood", "consequence"))
        return Scored(int(likelihood), int(consequence), by_on=by_on) if likelihood else None

    @property
    def follows(self) -> str:
        """Which earlier risk it is said to be; empty where it is none."""
        asked = str(self.cleaned_data.get("follows") or "")
        return "" if asked == "no" else asked


# Declared here, as they are all alike: a form finds its fields when its class is made.
OpenForm.base_fields |= {
    name: SubjectWords(label=f"And about whom else, as number {number}?", required=False)
    for number, name in enumerate(ABOUT_MORE, len(ABOUT_FIRST) + 1)
}


class RestateForm(StatedFields):
    """What a risk is, said anew; ``seen`` is the statement that the writer has before them."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    because = Prose(
        label="What changed, and why?", max_length=2_000, error_messages={"required": "Say in a sentence what changed."}
    )
