"""Reads JSON and GeoJSON strictly: no NaN, no infinities, no name twice in one object."""

from __future__ import annotations

import json
import math
from typing import Any

from sightline.intake.refusal import unreadable

MAX_MARKS = 3_000_000
_AGAIN = "Take the file from the publisher again."


class _Strict(ValueError):
    """What strict reading found, in words."""


def parse(text: str) -> Any:
    """This function will parse a JSON document, or refuse it with the line of its first mistake."""
    if sum(map(text.count, "[{,")) > MAX_MARKS:  # before any is made: millions of empty lists fill the memory
        raise unreadable("It holds more values than a file may have.", "Split it and bring in the parts one by one.")
    try:
        return json.loads(text, parse_constant=_constant, parse_float=_float, object_pairs_hook=_once)
    except json.JSONDecodeError as error:
        raise unreadable(f"It is not JSON: {error.msg}, column {error.colno}.", _AGAIN, error.lineno) from None
    except RecursionError:
        raise unreadable("Its lists are nested too deeply to read.", _AGAIN) from None
    except _Strict as error:
        raise unreadable(str(error), _AGAIN) from None
    except ValueError:  # int() refuses thousands of digits
        raise unreadable("It holds a number with thousands of digits.", _AGAIN) from None


def _constant(name: str) -> float:
    raise _Strict(f"It holds {name}, which JSON does not allow.")


def _float(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise _Strict(f"The number {text[:40]} is too large.")
    return value


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise _Strict(f"The name “{twice[:40]}” stands twice in one object, so it is not clear which is meant.")
    return found
