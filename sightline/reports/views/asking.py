"""The page that asks before something is done with a report."""

from sightline.accounts.asking import METHODS, AskingPage, Asks

__all__ = ["METHODS", "Asks", "ask"]

ask = AskingPage("reports/ask.html")
