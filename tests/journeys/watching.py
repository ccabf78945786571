"""Watches a browser while a person goes their way: errors, breaches of the content policy, calls to other hosts."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Request, Response

# A browser says this of every page that is answered 4xx; that the page was answered so is the journey's own matter.
OWN_STATUS = "Failed to load resource: the server responded with a status of 4"
REPORT = """document.addEventListener('securitypolicyviolation', (event) =>
  console.error(`Content policy: ${event.violatedDirective} kept out ${event.blockedURI} ${event.sample}`))"""


@dataclass
class Watch:
    """What went wrong in one browser context, in the browser's own words."""

    host: str
    found: list[str] = field(default_factory=list)

    def over(self, context: BrowserContext) -> Watch:
        """This function will begin to watch every page of a context."""
        context.add_init_script(REPORT)
        context.on("console", self._heard)
        context.on("weberror", lambda error: self.found.append(f"Script failed: {error.error}"))
        context.on("request", self._asked)
        context.on("response", self._answered)
        return self

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type not in {"error", "warning"}:
            return
        page = message.page
        is_page = page is not None and message.location.get("url") == page.url
        if not (is_page and message.text.startswith(OWN_STATUS)):
            self.found.append(f"Console: {message.text} ({message.location.get('url')})")

    def _asked(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in {"data", "blob"} and parts.netloc != self.host:
            self.found.append(f"A call to another host: {request.url}")

    def _answered(self, response: Response) -> None:
        if response.status >= 500 or (response.status == 404 and not response.request.is_navigation_request()):
            self.found.append(f"{response.url} was answered {response.status}")
