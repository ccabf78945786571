"""The words of access: what may be permitted, the roles people hold, and the shape of whoever acts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol


class Permission(StrEnum):
    """One thing that a person may be allowed to do."""

    SEE_PICTURE = "see_picture"  # the published data, their signals, the directory
    IMPORT_DATA = "import_data"  # bring in files, confirm a mapping, read what was refused
    ASSESS = "assess"  # have every series assessed again
    REBASE = "rebase"  # start new limits from a date, with a reason
    KEEP_DIRECTORY = "keep_directory"  # organisations, relations, commissioning, subjects
    KEEP_PEOPLE = "keep_people"  # invite, grant and end roles
    READ_AUDIT = "read_audit"  # the event log, which holds ids and never text
    SHARE_INTELLIGENCE = "share_intelligence"  # tell the group what one has heard, and learn what came of it
    SEE_INTELLIGENCE = "see_intelligence"  # what others told, as far as its handling and one's interests allow
    REVIEW_INTELLIGENCE = "review_intelligence"  # accept, set aside, answer the giver, refer, prepare a release
    RELEASE_INTELLIGENCE = "release_intelligence"  # release to a provider what somebody else prepared
    OPEN_ANNEX = "open_annex"  # read an identity, where one's name is on the annex's own list (IGV-02)
    DECLARE_INTEREST = "declare_interest"  # one's own interests, which then close what they touch
    KEEP_INTERESTS = "keep_interests"  # write down an interest that another declared
    KEEP_RULES = "keep_rules"  # local versions of the guidance packs: sources, themes, templates
    DECIDE_PROPOSAL = "decide_proposal"  # accept or decline what the rules propose, with a reason
    SEE_LEVELS = "see_levels"  # concerns, levels and registers, as far as one's group or one's region reaches
    RAISE_CONCERN = "raise_concern"  # raise and restate concerns, propose a level, dissent
    AUTHORISE_LEVEL = (
        "authorise_level"  # set a level, where one holds the office that the guidance names (PER-06 to PER-08)
    )
    ESCALATE = "escalate"  # send, acknowledge and answer what one tier tells another; see to what a level asks for
    KEEP_RISKS = "keep_risks"  # enter, score and close the risks on a register
    KEEP_GROUPS = "keep_groups"  # standing groups, their guidance and seats, and who holds which office
    KEEP_ACTIONS = "keep_actions"  # what a group agreed should be done: enter it, hand it on, close it with its impact
    SEE_MEETINGS = "see_meetings"  # the meetings and the log of one's groups, and items to which one is invited
    KEEP_MEETINGS = "keep_meetings"  # plan meetings, draft agendas, write down who is there and what comes of it
    PRESIDE = "preside"  # rule on interests, close a meeting, approve terms: where one chairs it on the day (CHR-09)
    WORK_ON_PROFILE = "work_on_profile"  # fill in risk profiles and aids; a provider those of its own bodies
    SEE_RECORDS = "see_records"  # how long the formal record is kept, what holds it, and who asked for it
    KEEP_RECORDS = "keep_records"  # place and lift holds, answer requests for information
    FOLLOW = "follow"  # ask to be told by e-mail of what is public anyway, and end that again


class Handling(StrEnum):
    """How far what somebody told may travel (IGV-10; QSG 2017 ¶99, ¶115), the widest first."""

    PUBLIC = "public"
    MEMBERS = "members"
    RESTRICTED = "restricted"  # those on the item's own list
    ANNEX = "annex"  # an identity: apart from the text, for named readers, with a lawful basis

    @property
    def rank(self) -> int:
        """Where it stands between public (0) and annex (3)."""
        return list(Handling).index(self)

    def or_stricter(self, other: Handling) -> Handling:
        """This function will give the stricter of two: a passage is never freer than the item it belongs to."""
        return max(self, other, key=lambda one: one.rank)


class Role(StrEnum):
    """The part a person plays, in the field's own words."""

    QUALITY_LEAD = "quality_lead"
    SECRETARY = "secretary"
    CHAIR = "chair"
    MEMBER = "member"
    LAY_MEMBER = "lay_member"
    DEPUTY = "deputy"
    REGION = "region"
    PROVIDER = "provider"
    FOI_OFFICER = "foi_officer"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"
    OPERATOR = "operator"  # whoever works at the server's own command line
    PUBLIC = "public"  # anybody who reads what is public, without an account (PER-12)


@dataclass(frozen=True, slots=True)
class Grant:
    """A role held from a day to a day; ``system`` and ``organisation`` are directory codes, empty for all."""

    role: Role
    system: str = ""
    organisation: str = ""
    valid_from: date = date.min
    valid_to: date | None = None

    def holds_on(self, day: date) -> bool:
        """This function will say whether the grant is in force; its last day is not included."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


@dataclass(frozen=True, slots=True)
class Scope:
    """Which subjects an actor may see: all of them, or only those of certain organisations (PER-10)."""

    everything: bool = False
    organisations: frozenset[str] = frozenset()


class Actor(Protocol):
    """Whoever acts, as rules and the audit log know them: an id and the roles they hold."""

    @property
    def actor_id(self) -> str:
        """A stable id that says nothing about the person."""

    @property
    def grants(self) -> Sequence[Grant]:
        """Every grant, past ones included."""
