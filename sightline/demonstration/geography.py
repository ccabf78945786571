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
    """An integrated care board and its area; the edges are degrees on the map."""

    code: str
    gss: str
    name: str
    short: str
    west: float
    east: float
    south: float
    north: float

    @property
    def board(self) -> str:
        """The board's full name, as the organisation service writes it."""
        return f"NHS {self.name} Integrated Care Board"


@dataclass(frozen=True, slots=True)
class Authority:
    """A local authority, which is also a place of its system and one of its sub-board areas."""

    gss: str
    name: str
    system: str
    sub_icb: str
    sub_icb_gss: str
    postcode: str
    longitude: float
    latitude: float


REGION = Region("ZY1", "E12999001", "E40999001", "Northern Waters")

MAIN = System("ZZ1A1", "E54999001", "Harrowmere and Quillhaven", "HQ", -3.6, -2.4, 54.1, 55.0)
NEIGHBOUR = System("ZZ2B2", "E54999002", "Brackenshore and Oldenmoor", "BO", -2.4, -1.8, 54.1, 55.0)
SYSTEMS = (MAIN, NEIGHBOUR)

AUTHORITIES = (
    Authority("E06999001", "Harrowmere", MAIN.code, "9Z1", "E38999001", "ZZ1", -2.7, 54.35),
    Authority("E06999002", "Quillhaven", MAIN.code, "9Z2", "E38999002", "ZZ2", -3.3, 54.3),
    Authority("E06999003", "Marrowdale", MAIN.code, "9Z3", "E38999003", "ZZ3", -3.0, 54.8),
    Authority("E06999004", "Brackenshore", NEIGHBOUR.code, "9Z4", "E38999004", "ZZ4", -2.1, 54.3),
    Authority("E06999005", "Oldenmoor", NEIGHBOUR.code, "9Z5", "E38999005", "ZZ5", -2.1, 54.8),
)
PLACES = tuple(authority for authority in AUTHORITIES if authority.system == MAIN.code)


def system_of(code: str) -> System:
    """This function will find the system of this code, or raise LookupError."""
    for system in SYSTEMS:
        if system.code == code:
            return system
    raise LookupError(code)


def authority_named(name: str) -> Authority:
    """This function will find the authority of this name, or raise LookupError."""
    for authority in AUTHORITIES:
        if authority.name == name:
            return authority
    raise LookupError(name)
