"""Garbage: when Python need not look for any, because almost all that is made is still in use."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def nothing_thrown_away() -> Iterator[None]:
    """This function will keep Python from looking meanwhile.

    A third of the time of a large import goes into looking for garbage, of which there is none until its end, and a
    fifth of that of an assessment.
    """
    was_looking = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_looking:
            gc.enable()
