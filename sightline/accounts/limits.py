"""How often something may be tried from one place on the network, by the limits that sign-in has too."""

from __future__ import annotations

from allauth.core import ratelimit
from django.http import HttpRequest


def may_try(request: HttpRequest, action: str) -> bool:
    """This function will count a try and say whether it may be made; ACCOUNT_RATE_LIMITS says how many there may be.

    Where it came from is kept in memory alone, for as long as the limit counts.
    """
    return bool(ratelimit.consume(request, action=action))
