"""The page that asks before anything is written for the public."""

from sightline.accounts.asking import METHODS, AskingPage, Asks

__all__ = ["METHODS", "Asks", "ask"]

ask = AskingPage("publication/ask.html")
