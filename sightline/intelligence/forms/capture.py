"""The form by which intelligence is shared in two minutes: five questions, and more for whoever has the time."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.forms.utils import ErrorDict
from django.http import QueryDict

from sightline.core.access import Actor, Grant, Handling, Role
from sightline.core.intelligence.wording import clean
from sightline.core.rulebook import Category, SourceEntry
from sightline.core.signals import Bearing, Dimension, Quadrant
from sightline.directory.choosing import ChoosesSubjects, SubjectWords
from sightline.intelligence import wording as say
from sightline.intelligence.forms.files import LookedAt, looked_at
from sightline.intelligence.giving import Given, Kept, Words
from sightline.intelligence.queries.capture import Offered
from sightline.intelligence.words import Certainty, Channel, Kind, TagKind, Wish
from sightline.web.fields import DayField, FilesField
from sightline.web.quality import DIMENSION, QUADRANT

_WITHOUT_READERS = (Handling.MEMBERS, Handling.PUBLIC)
MOST_FILES = 20  # looked at in one sending
NOT_TYPED = frozenset({"csrfmiddlewaretoken", "action", "documents", "dropped"})
FIRST = ("subject", "subject_chosen", "words", "bearing", "certainty", "handling", "readers", "why_fewer", "source")


@dataclass(frozen=True, slots=True)
class _MayNameAnybody:
    """A giver in search of a name: who sees only their own body's picture may still tell of another (INT-08).

    The directory is published; nothing but the name, the kind and the code of a body is shown.
    """

    actor: Actor

    @property
    def actor_id(self) -> str:
        return self.actor.actor_id

    @property
    def grants(self) -> Sequence[Grant]:
        return (*self.actor.grants, Grant(Role.MEMBER))


class WordsField(forms.CharField):
    """A text of one's own; what cannot be seen is taken out of it, and ``remarks`` say so."""

    remarks: tuple[str, ...] = ()

    def __init__(self, **given: Any) -> None:
        given.setdefault("widget", forms.Textarea(attrs={"rows": 6, "dir": "auto"}))
        super().__init__(strip=False, **given)

    def to_python(self, value: object) -> str:
        """This function will make the text fit to keep, or say why it cannot be."""
        made = clean(str(value or ""))
        if not made.verdict:
            raise forms.ValidationError(made.verdict.words)
        self.remarks = made.remarks
        return made.text


def _hinted(field: forms.ChoiceField, hints: Mapping[str, str]) -> forms.ChoiceField:
    field.hints = hints  # type: ignore[attr-defined]  # read by the drawer of choices
    return field


def _named(ones: Collection[Category]) -> list[tuple[str, str]]:
    return [(one.id, one.name) for one in ones]


class GroupedField(forms.ChoiceField):
    """One of many, drawn in groups with a heading each."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.template_name = "intelligence/_grouped.html"


class TicksField(forms.MultipleChoiceField):
    """Any of many."""

    def __init__(self, **given: Any) -> None:
        super().__init__(widget=forms.CheckboxSelectMultiple, **given)
        self.template_name = "intelligence/_ticks.html"


class ShareForm(ChoosesSubjects):
    """What one heard, about whom, how sure, and who may know (INT-01, INT-05, INT-16).

    A form that is taken up again (``quiet``) shows what was typed and finds no fault until it is sent.
    """

    law = say.HANDLING_LAW

    subject = SubjectWords(label="Whom or what is it about?")
    words = WordsField(
        label="What have you heard, seen or noticed?",
        help_text="A sentence is enough. Leave out names and anything else by which a person could be recognised.",
        error_messages={"required": "Say in a sentence what you heard."},
    )
    bearing = forms.ChoiceField(
        label="Is it a worry?",
        choices=[(one.value, words) for one, words in say.BEARING.items()],
        widget=forms.RadioSelect,
        initial=Bearing.CONCERN.value,
    )
    certainty = forms.ChoiceField(label="How sure are you?", widget=forms.RadioSelect, required=False)
    handling = forms.ChoiceField(
        label="Who may see it?",
        choices=[(one.value, say.HANDLING[one]) for one in (Handling.MEMBERS, Handling.RESTRICTED, Handling.PUBLIC)],
        widget=forms.RadioSelect,
        initial=Handling.MEMBERS.value,
        help_text=say.HANDLING_BINDS,
    )
    readers = TicksField(
        label="People who may see it", required=False,
        help_text="Only for what is not for the whole group.",
    )  # fmt: skip
    why_fewer = WordsField(
        label="Why for fewer readers?",
        required=False,
        help_text="One sentence, only where not the whole group may read it. Those who keep the record read it.",
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )
    source = GroupedField(label="Where does it come from?", required=False)
    heard_on = DayField(label="When did you hear it?", required=False, help_text="Empty for today.")
    channel = forms.ChoiceField(
        label="How did it reach you?",
        choices=[(one.value, words) for one, words in say.CHANNEL.items()],
        widget=forms.RadioSelect,
        initial=Channel.VERBAL.value,
        required=False,
    )
    wish = forms.ChoiceField(
        label="Whom may others know it from?",
        choices=[(one.value, words) for one, words in say.WISH.items()],
        widget=forms.RadioSelect,
        initial=Wish.NAMED.value,
        required=False,
        help_text="Those who keep the record know it is from you, so that they can tell you what came of it.",
    )
    verbal_only = forms.BooleanField(
        label="Say it, do not circulate it: no print, export or pack may hold these words", required=False
    )
    narrow = WordsField(
        label="Something more, for fewer readers",
        required=False,
        help_text="A second passage that the people named above may read and others may not.",
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    narrow_handling = forms.ChoiceField(
        label="Who may see this second passage?",
        choices=[(one.value, say.HANDLING[one]) for one in (Handling.RESTRICTED, Handling.MEMBERS)],
        widget=forms.RadioSelect,
        initial=Handling.RESTRICTED.value,
        required=False,
    )
    also = SubjectWords(label="Is it about another body too?", required=False)
    dimensions = TicksField(
        label="Which dimensions of quality does it bear on?",
        choices=[(one.value, DIMENSION[one]) for one in Dimension],
        required=False,
    )
    evidence = TicksField(label="What kind of evidence is it?", required=False)
    issues = TicksField(label="What type of issue is it?", required=False)
    populations = TicksField(label="Does it touch some people more than others?", required=False)
    reliability = forms.ChoiceField(label="How reliable is the source?", required=False)
    credibility = forms.ChoiceField(label="How credible is the information?", required=False)
    protocol = forms.BooleanField(label="It is shared under the Emerging Concerns Protocol", required=False)
    documents = FilesField(
        label="Documents or photographs",
        required=False,
        help_text="Several if you like. Each is looked at before it is kept; a photograph loses the place where it was taken.",
    )
    system = forms.ChoiceField(label="Which group is it for?", required=False)
    form_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        actor: Actor,
        on: date,
        offered: Offered,
        quiet: bool = False,
        has_files: bool = False,
        **given: Any,
    ) -> None:
        self.offered, self.on, self.quiet, self.has_files = offered, on, quiet, has_files
        self.looked = LookedAt()
        super().__init__(*args, actor=_MayNameAnybody(actor), on=on, **given)
        self._offer(offered)
        self.order_fields([*FIRST])

    def _offer(self, offered: Offered) -> None:
        choices: dict[str, Any] = {
            "certainty": [(one.id, one.name) for one in offered.grading.sureness if one.id in set(Certainty)],
            "readers": offered.readers,
            "source": _source_choices(offered),
            "evidence": _named(offered.evidence),
            "issues": _named(offered.issues),
            "populations": _named(offered.populations),
            "reliability": [
                ("", "Not graded"),
                *((one.id, f"{one.id}: {one.name}") for one in offered.grading.reliability),
            ],
            "credibility": [
                ("", "Not graded"),
                *((one.id, f"{one.id}: {one.name}") for one in offered.grading.credibility),
            ],
            "system": offered.systems,
        }
        for name, some in choices.items():
            self._choice(name).choices = some
        _hinted(self._choice("certainty"), {one.id: one.says for one in offered.grading.sureness})
        _hinted(self._choice("handling"), {one.value: words for one, words in say.HANDLING_MEANS.items()})
        for name, ones in (
            ("evidence", offered.evidence),
            ("issues", offered.issues),
        ):
            _hinted(self._choice(name), {one.id: one.says for one in ones})
        if len(offered.systems) < 2:
            del self.fields["system"]
        if not offered.readers:
            del self.fields["readers"], self.fields["why_fewer"]
            self._choice("handling").choices = [(one.value, say.HANDLING[one]) for one in _WITHOUT_READERS]

    def _choice(self, name: str) -> forms.ChoiceField:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        return field

    def full_clean(self) -> None:
        """This function will find no fault with a draft that is merely shown again."""
        if not self.quiet:
            super().full_clean()
            return
        self._errors, self.cleaned_data = ErrorDict(), {}

    def clean_documents(self) -> list[UploadedFile[bytes]]:
        """This function will look at each file, keep those that may be kept, and say what is wrong with the others."""
        given: list[UploadedFile[bytes]] = self.cleaned_data["documents"]
        self.looked = looked_at(given[:MOST_FILES], Handling.MEMBERS)
        if self.looked.problems:
            raise forms.ValidationError(list(self.looked.problems))
        return given

    def clean_heard_on(self) -> date:
        """This function will take today where no day is given, and refuse a day that lies ahead."""
        day: date = self.cleaned_data["heard_on"] or self.on
        if day > self.on:
            raise forms.ValidationError("The day on which you heard it lies ahead. Give today or an earlier day.")
        return day

    def clean(self) -> dict[str, Any]:
        """This function will ask who reads what only some may, and why; and for no copy of what is only said."""
        given = super().clean()
        narrow = Handling.RESTRICTED.value in {
            given.get("handling"),
            given.get("narrow") and given.get("narrow_handling"),
        }
        if narrow and not given.get("readers"):
            name = "readers" if "readers" in self.fields else "narrow"
            self.add_error(name, "Choose the people who may see it, or let the members of the group see it.")
        if narrow and "why_fewer" in given and not given["why_fewer"].strip():
            self.add_error("why_fewer", "Say in a sentence why the members of the group may not all read it.")
        if given.get("verbal_only") and (given.get("documents") or self.has_files):
            self.add_error(
                "verbal_only", "A document circulates. Leave the documents out, or let the words be circulated."
            )
        return given

    @property
    def remarks(self) -> tuple[str, ...]:
        """What was taken out of the texts, which their writer should know."""
        fields = [self.fields[name] for name in ("words", "narrow")]
        words = [one for field in fields if isinstance(field, WordsField) for one in field.remarks]
        return tuple(
            dict.fromkeys([*words, *(f"{one.name}: {one.remarks}" for one in self.looked.kept if one.remarks)])
        )

    def given(self, files: Sequence[Kept] = ()) -> Given:
        """This function will give what the form means, once it is valid."""
        told = self.cleaned_data
        handling = Handling(told["handling"])
        system = told.get("system") or self.offered.systems[0][0]
        narrow = Handling(told["narrow_handling"] or Handling.RESTRICTED)
        passages = (Words(told["words"], handling), Words(told["narrow"], handling.or_stricter(narrow)))
        return Given(
            subjects=tuple(one for one in (told["subject"], told.get("also")) if one),
            words=tuple(one for one in passages if one.text),
            heard_on=told["heard_on"],
            handling=handling,
            system=system,
            bearing=Bearing(told["bearing"]),
            kind=Kind.EMERGING_CONCERN if told["protocol"] else Kind.SOFT,
            organisation=self.offered.speaks_for.get(system, ""),
            wish=Wish(told["wish"] or Wish.NAMED),
            verbal_only=told["verbal_only"],
            channel=Channel(told["channel"] or Channel.VERBAL),
            source=told["source"],
            certainty=Certainty(told["certainty"]) if told["certainty"] else None,
            reliability=told["reliability"],
            credibility=told["credibility"],
            tags=self._tags(),
            readers=tuple(told.get("readers", ())),
            why_fewer=told.get("why_fewer", ""),
            files=tuple(files),
            form_key=told["form_key"],
        )

    def _tags(self) -> tuple[tuple[TagKind, str], ...]:
        kinds = {
            TagKind.DIMENSION: "dimensions",
            TagKind.EVIDENCE: "evidence",
            TagKind.POPULATION: "populations",
            TagKind.ISSUE: "issues",
        }
        return tuple((kind, value) for kind, name in kinds.items() for value in self.cleaned_data[name])


def typed(data: QueryDict, key: UUID) -> dict[str, list[str]]:
    """This function will give what somebody typed or chose, to be kept as a draft; a NUL is in no text."""
    some = {name: [str(one).replace("\0", "") for one in data.getlist(name)] for name in data if name not in NOT_TYPED}
    return {**some, "form_key": [str(key)]}


def typed_again(content: Mapping[str, Sequence[str]]) -> QueryDict:
    """This function will make a draft into what its form had sent."""
    data = QueryDict(mutable=True)
    for name, some in content.items():
        data.setlist(name, list(some))
    return data


def key_in(data: QueryDict) -> UUID:
    """This function will give the key of one filling-in of the form; a new one where none was sent."""
    try:
        return UUID(data.get("form_key", ""))
    except ValueError:
        return uuid4()


def _source_choices(offered: Offered) -> list[Any]:
    def some(entries: Sequence[SourceEntry]) -> list[tuple[str, str]]:
        return [(one.id, one.name) for one in entries]

    groups = [("Most likely for you", some(offered.likely))] if offered.likely else []
    groups += [(QUADRANT[one], some(offered.sources[one])) for one in Quadrant]
    return [("", "I cannot say"), *groups]
