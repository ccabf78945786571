"""The page that asks before something is done with the formal record."""

from sightline.accounts.asking import METHODS, AskingPage, Asks

__all__ = ["METHODS", "Asks", "ask"]

ask = AskingPage("records/ask.html")
