"""Reads settings from environment variables; a wrong one is answered with its mend."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import dj_database_url


class WrongSetting(Exception):
    """A setting that cannot be used: its name, what is wrong with it, and what to write instead."""


@dataclass(frozen=True)
class Environment:
    """The settings as given, each read by a method that knows what a right value looks like."""

    given: Mapping[str, str]

    def flag(self, name: str, default: bool) -> bool:
        """This function will read yes or no."""
        word = self.given.get(name, "").strip().lower()
        if not word:
            return default
        if word in {"1", "true", "yes", "on"}:
            return True
        if word in {"0", "false", "no", "off"}:
            return False
        raise WrongSetting(f"{name} is “{word}”. Write yes or no.")

    def number(self, name: str, default: int, lowest: int, highest: int) -> int:
        """This function will read a whole number within bounds."""
        word = self.given.get(name, "").strip()
        if not word:
            return default
        if not (word.isascii() and word.isdigit()) or not lowest <= int(word) <= highest:
            raise WrongSetting(f"{name} is “{word}”. Write a whole number from {lowest} to {highest}.")
        return int(word)

    def words(self, name: str, default: str) -> list[str]:
        """This function will read a list of words separated by commas."""
        return [word.strip() for word in self.given.get(name, default).split(",") if word.strip()]

    def folder(self, name: str, default: str) -> Path:
        """This function will read a folder that can be written to, making it where it is not there yet."""
        folder = Path(self.given.get(name) or default).expanduser().resolve()
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as problem:
            raise WrongSetting(
                f"{name} is “{folder}”, which cannot be made ({problem.strerror}). Name a folder that you may write to."
            ) from problem
        if not os.access(folder, os.W_OK):
            raise WrongSetting(f"{name} is “{folder}”, which is read-only. Name a folder that you may write to.")
        return folder

    def secret(self, name: str, kept_in: Path) -> str:
        """This function will read a secret, or make one once and keep it in a file only its owner can read."""
        word = self.given.get(name, "")
        if word:
            if len(word) < 32:
                raise WrongSetting(f"{name} has {len(word)} characters. Give at least 32, chosen by chance.")
            return word
        if not kept_in.exists():
            handle = os.open(kept_in, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w") as file:
                file.write(secrets.token_urlsafe(48))
        return kept_in.read_text().strip()

    def database(self, name: str, default: str) -> dict[str, Any]:
        """This function will read a database address: sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME."""
        address = self.given.get(name) or default
        mend = "Write sqlite:////folder/file.sqlite3 or postgresql://user:password@host/name."
        try:
            parsed = dict(dj_database_url.parse(address))
        except Exception as problem:
            raise WrongSetting(f"{name} cannot be read as a database address. {mend}") from problem
        if parsed.get("ENGINE") not in {"django.db.backends.sqlite3", "django.db.backends.postgresql"}:
            raise WrongSetting(f"{name} names a database that Sightline does not run on. {mend}")
        return parsed
