"""Reading ahead: each piece is read while the one before it is worked on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")


def read_ahead(reads: Iterable[Callable[[], T]]) -> Iterator[T]:
    """This function will give what each call reads, in order, with the next one under way in another thread."""
    with ThreadPoolExecutor(1) as hand:
        coming = None
        for read in reads:
            before, coming = coming, hand.submit(read)
            if before is not None:
                yield before.result()
        if coming is not None:
            yield coming.result()
