"""The invented country of the demonstration: one region, two systems, five authorities of which three are places."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Region:
    """A region of the national body: its own code, the statistical office's, and its name."""

    code: str
    gss: str
    nhs_gss: str
    name: str


@dataclass(frozen=True, slots=True)
class System:
    """An integrated care board and its area."""

    code: str
    gss: str
    name: str
    short: str

    @property
    def board(self) -> str:
        """The board's full name, as the organisation service writes it."""
        return f"NHS {self.name} Integrated Care Board"


@dataclass(frozen=True, slots=True)
class Authority:
    """A local authority, which is also a place of its system; west and east are its edges on the map."""

    gss: str
    name: str
    system: str
    sub_icb: str
    sub_icb_gss: str
    town: str
    postcode: str
    west: float
    east: float
    south: float
    north: float


REGION = Region("ZY1", "E99300001", "E99400001", "Northern Waters")

MAIN = System("ZZ1A1", "E99100001", "Harrowmere and Quillhaven", "HQ")
NEIGHBOUR = System("ZZ2B2", "E99100002", "Brackenshore and Oldenmoor", "BO")
SYSTEMS = (MAIN, NEIGHBOUR)

AUTHORITIES = (
    Authority("E99000001", "Harrowmere", MAIN.code, "9Z1", "E99200001", "Harrowmere", "ZZ1", -3.0, -2.4, 54.1, 54.6),
    Authority("E99000002", "Quillhaven", MAIN.code, "9Z2", "E99200002", "Quillhaven", "ZZ2", -3.6, -3.0, 54.1, 54.6),
    Authority("E99000003", "Marrowdale", MAIN.code, "9Z3", "E99200003", "Marrowdale", "ZZ3", -3.6, -2.4, 54.6, 55.0),
    Authority("E99000004", "Brackenshore", NEIGHBOUR.code, "9Z4", "E99200004", "Brackenshore", "ZZ4", -2.4, -1.8, 54.1, 54.6),
    Authority("E99000005", "Oldenmoor", NEIGHBOUR.code, "9Z5", "E99200005", "Oldenmoor", "ZZ5", -2.4, -1.8, 54.6, 55.0),
)  # fmt: skip
PLACES = tuple(authority for authority in AUTHORITIES if authority.system == MAIN.code)


def system_of(code: str) -> System:
    """The system that has this code. This function will raise LookupError for a code outside the demonstration."""
    for system in SYSTEMS:
        if system.code == code:
            return system
    raise LookupError(code)


def authority_named(name: str) -> Authority:
    """The authority of this name. This function will raise LookupError for a name outside the demonstration."""
    for authority in AUTHORITIES:
        if authority.name == name:
            return authority
    raise LookupError(name)
