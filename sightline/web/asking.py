"""What a reader asks for by an address or a form, read so that nothing typed into it can do harm."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, QueryDict

LONGEST = 100


def word(request: HttpRequest, name: str, default: str = "") -> str:
    """This function will read a word of the address; a NUL, which PostgreSQL refuses, is in no name."""
    return request.GET.get(name, default).replace("\0", "").strip()[:LONGEST]


def day(request: HttpRequest, name: str) -> date | None:
    """This function will read a day of the address; None where there is none, or what is there is no day."""
    try:
        return date.fromisoformat(request.GET.get(name, ""))
    except ValueError:
        return None


def number(request: HttpRequest, name: str = "page") -> int:
    """This function will read a page number of the address; 1 where there is none."""
    asked = request.GET.get(name, "")
    return max(1, int(asked)) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1


def sent(request: HttpRequest) -> QueryDict | None:
    """This function will give what a form was filled in with; an empty one that was sent is no new form."""
    return request.POST if request.method == "POST" else None
