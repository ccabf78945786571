"""A pack in words, for the page, the PDF and the ZIP alike."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from sightline.indicators.catalogue import Indicator
from sightline.indicators.queries import catalogue
from sightline.intake.attachment_names import ending_of, safe_name
from sightline.meetings.models import PaperVersion
from sightline.meetings.presenters.charts import ChartPaper, chart_paper
from sightline.meetings.presenters.charts import to_print as to_print_chart
from sightline.meetings.presenters.data_packs import DataPack, data_pack, to_print_pack
from sightline.meetings.presenters.papers import PaperLine, paper_line, record_of
from sightline.meetings.presenters.planning import ItemLine, item_lines, when_words
from sightline.meetings.presenters.recorded import recorded
from sightline.meetings.queries.pack import Pack
from sightline.web.wording import day, plural

TEMPLATE = Path(__file__).with_name("pack.typ")
FOR_THIS_MEETING = "For this meeting only. Pass it to nobody else. (SQG 2022 Annex C)"
PDF = "application/pdf"
MOST_PAGES, MOST_BYTES = 400, 60 * 2**20  # of what is bound behind a pack
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class PackPaper:
    """A paper as it stands in a pack; ``content`` are its words, ``chart`` and ``figures`` what was made of figures."""

    number: str
    line: PaperLine
    confidential_because: str
    content: Any
    chart: ChartPaper | None
    figures: DataPack | None
    file: str
    version: PaperVersion

    @property
    def heading(self) -> str:
        """Its number and title."""
        return f"{self.number} {self.line.title}"


@dataclass(frozen=True, slots=True)
class PackItemLine:
    """An item of a pack with its papers."""

    line: ItemLine
    papers: tuple[PackPaper, ...]

    @property
    def heading(self) -> str:
        """Its number and title."""
        return f"{self.line.number}. {self.line.title}"

    @property
    def about(self) -> str:
        """When it comes, how long it takes, what it serves, and who is responsible."""
        who = f"Responsible: {self.line.responsible}" if self.line.responsible else ""
        return " · ".join(filter(None, (self.line.time, self.line.minutes, self.line.purpose, who)))


@dataclass(frozen=True, slots=True)
class PackPage:
    """The pack of one reader in words."""

    meeting: UUID
    title: str
    when: str
    length: str
    items: tuple[PackItemLine, ...]

    @property
    def papers(self) -> tuple[PackPaper, ...]:
        """Every paper in it."""
        return tuple(paper for one in self.items for paper in one.papers)


def pack_page(pack: Pack) -> PackPage:
    """This function will write a pack; what stands in it is numbered as its reader counts."""
    items, known = item_lines([one.line for one in pack.items]), catalogue()
    return PackPage(
        meeting=pack.view.meeting.pk,
        title=f"Pack: {pack.view.meeting.group.name}",
        when=when_words(pack.view),
        length=_length(pack),
        items=tuple(
            PackItemLine(
                line, tuple(_paper(line.number, place, paper, known) for place, paper in enumerate(one.papers, start=1))
            )
            for line, one in zip(items, pack.items, strict=True)
        ),
    )


def following(page: PackPage, unfit: Collection[PackPaper] = ()) -> tuple[PackPaper, ...]:
    """This function will choose the PDFs that follow in a pack's PDF: those that were measured, as many as it can carry.

    The rest stay in the ZIP. ``unfit`` are those that turned out not to be fit.
    """
    chosen, pages, size = [], 0, 0
    for one in page.papers:
        version = one.version
        if one.content is not None or one in unfit or not version.pages or version.media_type != PDF:
            continue
        if pages + version.pages > MOST_PAGES or size + version.size > MOST_BYTES:
            continue
        chosen.append(one)
        pages, size = pages + version.pages, size + version.size
    return tuple(chosen)


def to_print(page: PackPage, reader: str, on: date, follow: Sequence[PackPaper] = ()) -> dict[str, Any]:
    """This function will give a pack as its template sets it, with the name of whoever has it on every page set here.

    ``follow`` are the papers whose own pages are bound behind it, in their order.
    """
    places = {one.number: place for place, one in enumerate(follow)}
    return {
        "title": page.title,
        "mark": f"For {reader}, {day(on)}. {FOR_THIS_MEETING}",
        "when": page.when,
        "about": [page.length] if page.length else [],
        "follow": [{"heading": one.heading, "pages": one.version.pages} for one in follow],
        "items": [
            {
                "heading": one.heading,
                "about": one.about,
                "why": [*one.line.why, *_worse_off(one.line)],
                "papers": [_to_print(paper, places.get(paper.number)) for paper in one.papers],
            }
            for one in page.items
        ],
    }


def _worse_off(line: ItemLine) -> list[str]:
    return [f"For people who are worse off: {line.inequality}"] if line.inequality else []


def _to_print(paper: PackPaper, follows: int | None) -> dict[str, Any]:
    who = f"Responsible: {paper.line.responsible}" if paper.line.responsible else ""
    says = [f"Confidential because: {paper.confidential_because}"] if paper.confidential_because else []
    if paper.content is None:
        not_here = (
            " It could not be put behind this pack." if follows is None and paper.version.media_type == PDF else ""
        )
        says.append(f"This paper is a file of its own. In the ZIP of this pack it is “{paper.file}”.{not_here}")
    sections = paper.content["sections"] if paper.content is not None else []
    return {
        "heading": paper.heading,
        "about": " · ".join(filter(None, (paper.line.purpose, paper.line.about, who))),
        "says": says,
        "follows": follows,
        **({"chart": to_print_chart(paper.chart)} if paper.chart is not None else {}),
        "sections": [{"heading": one["heading"], "lines": one["lines"], "none": one["none"]} for one in sections],
        **(to_print_pack(paper.figures) if paper.figures is not None else {}),
    }


def _paper(item: int, place: int, version: PaperVersion, known: Mapping[str, Indicator]) -> PackPaper:
    record, number = record_of(version), f"{item}.{place}"
    return PackPaper(
        number=number,
        line=paper_line(version),
        confidential_because=version.confidential_because,
        content=recorded(record.content, known) if record is not None else None,
        chart=chart_paper(record),
        figures=data_pack(record),
        file="" if record is not None else _file(number, version),
        version=version,
    )


def _file(number: str, version: PaperVersion) -> str:
    """A name that sorts as the pack does and says what it is, on every computer."""
    title = safe_name(version.title.replace(".", " "))[:_LONGEST].rstrip()
    return safe_name(f"{number} {title}{ending_of(version.name)}")


def _length(pack: Pack) -> str:
    """How much there is to read, as far as it was counted: packs are as short as they can be (MTG-14)."""
    papers, pages = len(pack.papers), sum(one.pages or 0 for one in pack.papers)
    if not papers:
        return ""
    counted = f" with {plural(pages, 'page')}" if pages else ""
    return f"{plural(papers, 'paper')}{counted}, under {plural(len(pack.items), 'item')}."
