"""The fields of a Word template: says what is wrong with them, and fills them; what is filled in stays text.

A field is a name in two pairs of braces, ``{{ title }}``. There is nothing else: no loop, no condition, no expression,
so that a template cannot act, whoever wrote it.
"""

from __future__ import annotations

import copy
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from difflib import get_close_matches
from typing import Any

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

FIELD = re.compile(r"\{\{\s*([^{}%]*?)\s*\}\}")
_HALF = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")
_FILLED = re.compile(r"/word/(?:document|header\d*|footer\d*)\.xml")
_BODY = "/word/document.xml"
_UNFIT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # what XML cannot hold
_MADE = datetime(2000, 1, 1, tzinfo=UTC)  # so that the same words are the same document
_CHANGES = tuple(qn(f"w:{one}") for one in ("ins", "del", "moveFrom", "moveTo", "commentReference"))
_TEXT, _COMMAND, _MARK = qn("w:t"), qn("w:instrText"), qn("w:fldChar")
HEADING, BULLET = "heading 2", "list bullet"
_KINDS = {"heading": HEADING, "heading3": "heading 3", "heading4": "heading 4", "bullet": BULLET}
_OUTLINE = {"heading 3": 2, "heading 4": 3}  # Word counts from 0
_AFTER_OUTLINE = tuple(qn(f"w:{one}") for one in ("divId", "cnfStyle", "rPr", "sectPr", "pPrChange"))
_STYLES = {HEADING: "Heading 2", BULLET: "List Bullet"}
_TITLES = ("title", "heading 1")
_LONGEST = 60  # letters of a stranger's words in a sentence


@dataclass(frozen=True, slots=True)
class Known:
    """The fields that a template may hold: within a line, as lines of their own; which it must; which is the title."""

    inline: tuple[str, ...]
    blocks: tuple[str, ...]
    required: tuple[str, ...]
    title: str


@dataclass(frozen=True, slots=True)
class Values:
    """What goes into the fields.

    A block is a run of lines: (heading, heading3, heading4, text, bullet or fact; words; words before them). A template
    has the styles of headings and bullets; where it lacks those of the lower headings, its own text in bold is one.
    """

    inline: Mapping[str, str]
    blocks: Mapping[str, Sequence[tuple[str, str, str]]]
    title: str


def faults_of(data: bytes, known: Known) -> list[str]:
    """This function will name everything for which a template cannot be taken, each with what to do about it."""
    document = Document(io.BytesIO(data))
    found: dict[str, None] = {}
    stands: list[str] = []
    for part, element in _filled_parts(document):
        for paragraph in element.iter(qn("w:p")):
            text = _text(paragraph)
            names = FIELD.findall(text)
            stands += names
            for fault in (*_odd(text), *_of_fields(names, known), *_of_blocks(part, paragraph, text, names, known)):
                found[fault] = None
        for fault in _out_of_reach(element):
            found[fault] = None
    for name in _in_other_parts(document):
        found[
            f"“{{{{ {name} }}}}” stands in a note or a drawing, where nothing is filled in. Put it into the text."
        ] = None
    for name in known.required:
        if name not in stands:
            found[
                f"The field {{{{ {name} }}}} is missing. Type it where it belongs: a report cannot go without it."
            ] = None
    for name in known.blocks:
        if stands.count(name) > 1:
            found[f"The field {{{{ {name} }}}} stands there more than once. Keep one."] = None
    for fault in (*_of_title(document, known), *_of_styles(document), *_of_changes(document)):
        found[fault] = None
    return list(found)


def fill(data: bytes, values: Values) -> bytes:
    """This function will fill a template. Each field is filled once; words that look like a field stay words."""
    document = Document(io.BytesIO(data))
    styles = _style_ids(document)
    for _, element in _filled_parts(document):
        for paragraph in list(element.iter(qn("w:p"))):
            names = FIELD.findall(_text(paragraph))
            if not names:
                continue
            _unbind(paragraph)
            if names[0] in values.blocks:
                _lay(paragraph, values.blocks[names[0]], styles)
            else:
                _write(paragraph, values.inline)
    facts = document.core_properties
    facts.title, facts.author, facts.last_modified_by = fit(values.title)[:255], "", ""
    facts.subject, facts.keywords, facts.comments, facts.language = "", "", "", "en-GB"
    facts.created = facts.modified = _MADE
    drop_picture(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def drop_picture(document: Any) -> None:
    """This function will take off the small picture of another document's first page, which a file may carry."""
    relations = document.part.package.rels
    for key in [key for key, one in relations.items() if one.reltype == RELATIONSHIP_TYPE.THUMBNAIL]:
        del relations[key]


def fit(words: str) -> str:
    """This function will leave out what a document cannot hold."""
    return _UNFIT.sub("", words)


# --- what is wrong


def _odd(text: str) -> Iterator[str]:
    if _HALF.search(rest := FIELD.sub("", text)):
        yield (
            f"“{_short(rest)}” is no whole field. Write a field as {{{{ title }}}}, in one line; "
            "conditions and loops are not known here."
        )


def _of_fields(names: Sequence[str], known: Known) -> Iterator[str]:
    every = [*known.inline, *known.blocks]
    for name in names:
        if name not in every:
            near = get_close_matches(name.casefold(), every, 1)
            mend = f"Perhaps {{{{ {near[0]} }}}} is meant." if near else "Take it out, or put one of the fields listed."
            yield f"“{_short(name)}” is no field that is known here. {mend}"


def _of_blocks(part: str, paragraph: Any, text: str, names: Sequence[str], known: Known) -> Iterator[str]:
    for name in names:
        if name not in known.blocks:
            continue
        if FIELD.fullmatch(text.strip()) is None or len(names) > 1:
            yield f"{{{{ {name} }}}} becomes lines of its own. Give it a line in which nothing else stands."
        if part != _BODY or any(True for _ in paragraph.iterancestors(qn("w:txbxContent"))):
            yield f"{{{{ {name} }}}} stands in a header, a footer or a text box. Put it into the text itself."


def _out_of_reach(element: Any) -> Iterator[str]:
    """Names in what Word works out or keeps beside the text: they would not be filled, or would act."""
    in_code = [False]  # whether what follows is the command of a Word field, for each that was begun
    for one in element.iter():
        told = [value for value in one.attrib.values() if "{{" in value]
        text = one.text or ""
        if one.tag == _MARK:
            _step(in_code, one.get(qn("w:fldCharType")))
        elif (one.tag == _COMMAND and "{{" in text) or (one.tag == _TEXT and any(in_code) and text.strip()):
            told.append(text)
        for words in told:
            yield f"“{_short(words)}” stands in a link, a picture’s description or a Word field. Put it into the text."


def _step(in_code: list[bool], kind: str | None) -> None:
    if kind == "begin":
        in_code.append(True)
    elif kind == "separate":
        in_code[-1] = False
    elif kind == "end" and len(in_code) > 1:
        in_code.pop()


def _in_other_parts(document: Any) -> Iterator[str]:
    for part in document.part.package.iter_parts():
        name = str(part.partname)
        if name.startswith("/word/") and name.endswith(".xml") and not _FILLED.fullmatch(name):
            text = re.sub(r"<[^>]*>", "", part.blob.decode("utf-8", "replace"))
            yield from (_short(one) for one in FIELD.findall(text))


def _of_title(document: Any, known: Known) -> Iterator[str]:
    names = {one.style_id: one for one in document.styles}
    places = [one for one in document.element.body.iter(qn("w:p")) if known.title in FIELD.findall(_text(one))]
    if places and not any(_is_title(one, names) for one in places):
        yield (
            f"{{{{ {known.title} }}}} has to be a heading, so that whoever hears the report finds it: "
            "give its line the style Title or Heading 1."
        )


def _is_title(paragraph: Any, styles: Mapping[str, Any]) -> bool:
    style = styles.get(paragraph.style or "")
    while style is not None:
        if (style.element.name_val or "").casefold() in _TITLES:
            return True
        style = style.base_style
    return False


def _of_styles(document: Any) -> Iterator[str]:
    there = _style_ids(document)
    for name, shown in _STYLES.items():
        if name not in there:
            yield (
                f"The style “{shown}” is missing; the report needs it. Give a line that style in Word, "
                "save, and take the line out again, or begin with the template that is offered here."
            )


def _of_changes(document: Any) -> Iterator[str]:
    if any(one.tag in _CHANGES for _, element in _filled_parts(document) for one in element.iter()):
        yield (
            "It holds tracked changes or comments, which would go out with every report. "
            "Accept or reject the changes, delete the comments, and save it."
        )


# --- filling


def _write(paragraph: Any, inline: Mapping[str, str]) -> None:
    texts = list(_texts(paragraph))
    for match in reversed(list(FIELD.finditer(_text(paragraph)))):
        if match[1] in inline:
            _replace(texts, match.start(), match.end(), " ".join(fit(inline[match[1]]).split()))


def _replace(texts: Sequence[Any], start: int, end: int, words: str) -> None:
    """Put words in place of some letters of a line, which Word may keep in several pieces."""
    at, put = 0, False
    for one in texts:
        said = one.text or ""
        first, last = max(start - at, 0), min(end - at, len(said))
        if first < last:
            one.text = said[:first] + ("" if put else words) + said[last:]
            one.set(qn("xml:space"), "preserve")
            put = True
        at += len(said)


def _lay(paragraph: Any, lines: Sequence[tuple[str, str, str]], styles: Mapping[str, str]) -> None:
    """Put lines in place of the one in which a field stands, in the style that was given to it."""
    run = next((one.getparent() for one in _texts(paragraph)), None)
    shape = run.find(qn("w:rPr")) if run is not None else None
    frame = paragraph.find(qn("w:pPr"))
    section = frame.find(qn("w:sectPr")) if frame is not None else None
    for kind, words, before in lines:
        paragraph.addprevious(_line(kind, fit(words), fit(before), frame, shape, styles))
    alone = not [one for one in paragraph.getparent() if one is not paragraph and one.tag == qn("w:p")]
    if section is None and not alone:
        paragraph.getparent().remove(paragraph)
    else:  # it ends a part of the document, or is all that a cell holds
        for one in [one for one in paragraph if one.tag != qn("w:pPr")]:
            paragraph.remove(one)


def _line(kind: str, words: str, before: str, frame: Any, shape: Any, styles: Mapping[str, str]) -> Any:
    made = OxmlElement("w:p")
    named = _KINDS.get(kind, "")
    own = named in styles
    if own:
        style = OxmlElement("w:pStyle")
        style.set(qn("w:val"), styles[named])
        properties = OxmlElement("w:pPr")
        properties.append(style)
        made.append(properties)
    elif named in _OUTLINE:
        made.append(_heading_without_style(frame, _OUTLINE[named]))
    elif frame is not None:
        properties = copy.deepcopy(frame)
        for one in properties.findall(qn("w:sectPr")):
            properties.remove(one)
        made.append(properties)
    for said, bold, gap in ((before, True, " "), (words, named in _OUTLINE and not own, "")):
        if said:
            made.append(_run(said, None if own else shape, gap, bold=bold))
    return made


def _heading_without_style(frame: Any, level: int) -> Any:
    """The frame of a line that counts as a heading for whoever hears the document, where a template has no style for it."""
    properties = copy.deepcopy(frame) if frame is not None else OxmlElement("w:pPr")
    for name in ("w:sectPr", "w:outlineLvl", "w:keepNext"):
        for one in properties.findall(qn(name)):
            properties.remove(one)
    kept, outline = OxmlElement("w:keepNext"), OxmlElement("w:outlineLvl")
    outline.set(qn("w:val"), str(level))
    properties.insert(1 if properties.find(qn("w:pStyle")) is not None else 0, kept)
    after = next((one for one in properties if one.tag in _AFTER_OUTLINE), None)
    properties.append(outline) if after is None else after.addprevious(outline)
    return properties


def _run(words: str, shape: Any, gap: str, *, bold: bool) -> Any:
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    properties = copy.deepcopy(shape) if shape is not None else OxmlElement("w:rPr")
    run.append(properties)
    if bold:
        properties.get_or_add_b()
    text.text = " ".join(words.split()) + gap
    text.set(qn("xml:space"), "preserve")
    run.append(text)
    return run


def _unbind(paragraph: Any) -> None:
    """Take off what binds a box to a property of the document, for Word would write that over what is filled in."""
    boxes = [*paragraph.iterancestors(qn("w:sdt")), *paragraph.iter(qn("w:sdt"))]
    for box in boxes:
        for name in ("w:dataBinding", "w15:dataBinding", "w:showingPlcHdr"):
            for one in list(box.iterfind(f"{qn('w:sdtPr')}/{_name(name)}")):
                one.getparent().remove(one)


def _name(name: str) -> str:
    prefix, _, local = name.partition(":")
    return f"{{http://schemas.microsoft.com/office/word/2012/wordml}}{local}" if prefix == "w15" else str(qn(name))


# --- reading


def _filled_parts(document: Any) -> Iterator[tuple[str, Any]]:
    for part in document.part.package.iter_parts():
        name = str(part.partname)
        if _FILLED.fullmatch(name) and hasattr(part, "element"):
            yield name, part.element


def _texts(paragraph: Any) -> Iterator[Any]:
    """The pieces of text of a line, without those of a box that hangs on it."""
    for one in paragraph.iter(_TEXT):
        if next(one.iterancestors(qn("w:p"))) is paragraph:
            yield one


def _text(paragraph: Any) -> str:
    return "".join(one.text or "" for one in _texts(paragraph))


def _style_ids(document: Any) -> dict[str, str]:
    """The ids of the styles of lines, by their names as every language of Word keeps them."""
    return {
        (one.element.name_val or "").casefold(): one.style_id
        for one in document.styles
        if one.element.get(qn("w:type")) == "paragraph"
    }


def _short(words: str) -> str:
    said = " ".join(words.split())
    return said if len(said) <= _LONGEST else f"{said[:_LONGEST]} …"
