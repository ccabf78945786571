"""What the security tests share: quiet logs, because they are turned away thousands of times."""

from __future__ import annotations

import logging

import pytest


@pytest.fixture(autouse=True)
def quiet() -> None:
    """This function will keep the log of refused requests out of a failure's report."""
    logging.getLogger("django.request").setLevel(logging.CRITICAL)
