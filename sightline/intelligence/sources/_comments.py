"""What both layouts of comments share: answers that say nothing are counted, and no comment comes twice."""

from __future__ import annotations

from sightline.intake.cells import BadCell
from sightline.intake.rows import Row
from sightline.intelligence.sources._reading import Reading
from sightline.intelligence.sources._text import hides_something
from sightline.intelligence.sources.contract import Telling

_NO_ANSWER = frozenset({"", "did not answer", "no answer", "not answered", "n/a", "na", ".", "-", "no comment"})


class Comments:
    """The comments of one file, each once."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._found: dict[str, Telling] = {}
        self._empty = 0
        self._hidden = 0

    def is_empty(self, row: Row, text: str) -> bool:
        """This function will pass a row over, and count it, where nobody answered."""
        if text.casefold().strip(" .") not in _NO_ANSWER:
            return False
        self._empty += 1
        self._reading.pass_over(row)
        return True

    def add(self, row: Row, telling: Telling) -> None:
        """This function will keep a comment, unless another row bears its id: the same words once, others a fault."""
        first = self._found.setdefault(telling.key, telling)
        if first is telling:
            self._hidden += hides_something(row.text("text"))
            self._reading.take(row)
        elif first.text == telling.text:
            self._reading.join(row)
        else:
            row.fault(f"Line {first.line} bears the same id with other words.", "Give each comment an id of its own.")

    def close(self) -> list[Telling]:
        """This function will say what was passed over or taken out, and give the comments."""
        report = self._reading.report
        report.rows -= self._empty
        report.passed_over(self._empty, "nobody answered the question")
        if self._hidden:
            report.warnings.append(
                f"Marks that hide or turn text were taken out of {self._hidden:,} "
                f"{'comment' if self._hidden == 1 else 'comments'}."
            )
        return list(self._found.values())


def comment_id(text: str) -> str:
    """This function will read the id by which a comment is known again."""
    words = " ".join(text.split())
    if not words:
        raise BadCell("The comment has no id.", "Fill it in: without it, the comment would come in twice.")
    if len(words) > 100:
        raise BadCell("The id is longer than 100 characters.", "Look for a cell that slipped into another column.")
    return words
