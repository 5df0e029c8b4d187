"""From blocks to a procedure: cover, signatures, amendment sheet, sections 1-7, what is odd.

Written for files never seen before: labels are matched folded, values may stand behind the
label, in the next line, the next cell or the cell below, and nothing of the body is dropped.
"""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from itertools import pairwise

from qms.kernel.content import Amendment, Section
from qms.kernel.text import nfc, one_line
from qms.word import labels
from qms.word.blocks import Block, Paragraph, Table, Walk, rich
from qms.word.headings import Heading, Parts, split
from qms.word.numbering import Numbering, W
from qms.word.package import Package
from qms.word.richtext import plain_text

_NUMBER = re.compile(r"\d{1,3}")
_PAIR = re.compile(r"(\d{1,3})\s*/\s*(\d{1,3})")
_WORD = re.compile(r"\w+")
_RULE = re.compile(r"[_\-.…=]{4,}")
# The cover stands among the first blocks of a file.
COVER_BLOCKS = 40


@dataclass
class Found:
    """What recognition gathers; plain values, ready for JSON."""

    code: str = ""
    title: str = ""
    issue_no: int | None = None
    amendment_no: int | None = None
    issued_on: dt.date | None = None
    agency: str = ""
    parent_agency: str = ""
    roles: list[dict[str, str]] = field(default_factory=list)
    amendments: list[Amendment] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    assets: dict[str, bytes] = field(default_factory=dict)
    warnings: list[dict[str, str]] = field(default_factory=list)
    text: str = ""

    def warn(self, code: str, **values: str) -> None:
        one = {"code": code, **values}
        if one not in self.warnings:
            self.warnings.append(one)


def recognise(package: Package) -> Found:
    """Everything the file says about itself, and the whole of its body."""
    walk = Walk(package, package.main, Numbering(package.xml(package.beside("numbering.xml"))))
    root = package.xml(package.main)
    body = None if root is None else root.find(f"{W}body")
    blocks = list(walk.blocks(body)) if body is not None else []
    margins = list(_margins(package))
    found = Found(assets=walk.assets)
    parts = split(blocks)
    cover = _cover(found, parts.front[:COVER_BLOCKS], margins)
    used = _roles(found, parts.front)
    found.title = found.title or _core_title(package)
    used |= _amendments(found, blocks)
    _sections(found, parts, cover, used)
    _check(found, parts.headings, parts.toc, margins)
    for code in sorted(walk.warned):
        found.warn(code)
    found.text = "\n".join(f"{s.title}\n{plain_text(s.html)}" for s in found.sections)
    return found


# ── cover ────────────────────────────────────────────────────────────────────────────────


def _cover(found: Found, front: list[Block], margins: list[Block]) -> Table | None:
    """Fill in code, numbers, date, title and agency; the table that is the cover, if any."""
    fields = Fields()
    cover = next((b for b in front if isinstance(b, Table) and _is_cover(b)), None)
    for block in [*([cover] if cover else []), *front, *margins]:
        fields.read(block)
    found.code = fields.text("code")
    found.issue_no, found.amendment_no = fields.numbers()
    found.issued_on = fields.date("issued") or fields.date("effective")
    if cover:
        found.agency, found.parent_agency = _agency(cover)
        found.title = _title(cover)
    else:
        _heading_of(found, front)
    found.title = found.title or fields.text("title")
    return cover


@dataclass
class Fields:
    """Labelled values in the order in which they were met; the first one wins."""

    values: dict[str, list[str]] = field(default_factory=dict)

    def read(self, block: Block) -> None:
        if isinstance(block, Paragraph):
            self._lines([one_line(block.printed)], beside=[])
            return
        for r, row in enumerate(block.rows):
            for c, cell in enumerate(row):
                right = [line for other in row[c + 1 : c + 2] for line in other.lines]
                below = [
                    line
                    for other in (block.rows[r + 1] if r + 1 < len(block.rows) else ())
                    if other.column == cell.column
                    for line in other.lines
                ]
                self._lines([one_line(line) for line in cell.lines], beside=[*right, *below])

    def _lines(self, lines: list[str], *, beside: list[str]) -> None:
        for n, line in enumerate(lines):
            for key, pattern in _LABELS:
                value = labels.after(pattern, line)
                if value is None:
                    continue
                following = lines[n + 1 : n + 2] or beside[:1]
                if not value and following and not _is_label(following[0]):
                    value = one_line(following[0])
                self.values.setdefault(key, []).append(value)
                break

    def text(self, key: str) -> str:
        for value in self.values.get(key, []):
            cleaned = _RULE.split(value)[0].strip(" .:;–")
            if cleaned:
                return cleaned
        return ""

    def numbers(self) -> tuple[int | None, int | None]:
        """Issue and amendment; "02/01" after a label that names both gives both."""
        for value in self.values.get("both", []):
            pair = _PAIR.search(value)
            if pair:
                return int(pair[1]), int(pair[2])
        return self._number("issue"), self._number("amendment")

    def _number(self, key: str) -> int | None:
        for value in self.values.get(key, []):
            digits = _NUMBER.search(value)
            if digits:
                return int(digits[0])
        return None

    def date(self, key: str) -> dt.date | None:
        for value in self.values.get(key, []):
            dates = labels.dates_in(value)
            if dates:
                return dates[0]
        return None


_LABELS = (
    ("both", rf"{labels.ISSUE}\s*/\s*(?:lan )?(?:sua doi|amendment)"),
    ("code", labels.CODE),
    ("issue", labels.ISSUE),
    ("amendment", labels.AMENDMENT),
    ("issued", labels.ISSUED),
    ("effective", labels.EFFECTIVE),
    ("title", labels.TITLE),
    ("page", labels.PAGE),
)


def _is_label(line: str) -> bool:
    return any(labels.after(pattern, line) is not None for _key, pattern in _LABELS)


def _is_cover(table: Table) -> bool:
    if _is_amendment_sheet(table):
        return False
    lines = [one_line(line) for row in table.rows for cell in row for line in cell.lines]
    kinds = {key for line in lines for key, p in _LABELS[:6] if labels.after(p, line) is not None}
    return "code" in kinds or len(kinds) >= 2


def _words(table: Table) -> Iterator[tuple[int, list[str]]]:
    """Column and lines of the cells that hold no labelled value."""
    for row in table.rows:
        skip_next = False
        for cell in row:
            lines = [one_line(line) for line in cell.lines if one_line(line)]
            if skip_next:
                skip_next = False
                continue
            if lines and _is_label(lines[0]):
                # A label alone in its cell has its value in the next one.
                skip_next = len(lines) == 1 and _empty_label(lines[0])
                continue
            if lines:
                yield cell.column, lines


def _empty_label(line: str) -> bool:
    return any(labels.after(pattern, line) == "" for _key, pattern in _LABELS)


def _agency(table: Table) -> tuple[str, str]:
    """The agency (last line of the left-most words) and what stands above it."""
    for column, lines in _words(table):
        if column == 0 and not _is_kind(lines[0]):
            return lines[-1], " ".join(lines[:-1])
    return "", ""


def _title(table: Table) -> str:
    """The words of the cover that are neither the agency nor a label nor a kind on its own.

    A kind in one cell with the title ("QUY TRÌNH" above it) is read as part of the title.
    """
    cells = list(_words(table))
    agency_first = bool(cells) and cells[0][0] == 0 and not _is_kind(cells[0][1][0])
    rest = cells[1:] if agency_first and len(cells) > 1 else cells
    wanted = next((column for column, lines in rest if _is_kind(lines[0])), None)
    words = [
        " ".join(line for line in lines if not labels.flat(line).startswith("tcvn"))
        for column, lines in rest
        if (wanted in (None, column) or not agency_first) and not _is_kind(" ".join(lines))
    ]
    return one_line(" ".join(words)) or next(
        (line for _column, lines in rest for line in lines if _is_title(line)), ""
    )


def _is_title(line: str) -> bool:
    """Whether the name of a kind is all the title there is."""
    return one_line(labels.flat(line)).strip(" :.") in labels.TITLES


def _is_kind(line: str) -> bool:
    return one_line(labels.flat(line)).strip(" :.") in labels.KINDS


def _heading_of(found: Found, front: list[Block]) -> None:
    """Without a cover table: the heading in capitals or bold is the title."""
    paragraphs = [b for b in front if isinstance(b, Paragraph) and b.text]
    for n, block in enumerate(paragraphs):
        if _is_label(one_line(block.text)) or labels.flat(block.text).startswith("muc luc"):
            continue
        if _is_title(block.text):
            found.title = one_line(block.text)
            return
        if _is_kind(block.text):
            following = paragraphs[n + 1 : n + 2]
            found.title = one_line(following[0].text) if following else ""
            return
        if block.heading == 1 or (block.bold and len(block.text) > 8) or block.text.isupper():
            found.title = found.title or one_line(block.text)


# ── signature table and amendment sheet ──────────────────────────────────────────────────


def _roles(found: Found, front: list[Block]) -> set[int]:
    for block in front:
        if isinstance(block, Table):
            roles = list(_roles_of(block))
            if len({role["duty"] for role in roles}) >= 2:
                found.roles = roles
                _warn_of_people(found, block)
                return {id(block)}
    return set()


def _warn_of_people(found: Found, table: Table) -> None:
    """Names and positions of the signature table that belong to none of the duties read."""
    said = {word for role in found.roles for word in f"{role['name']} {role['position']}".split()}
    for row in table.rows:
        if row and labels.begins(row[0].text, (*labels.NAME, *labels.POSITION)):
            for cell in row[1:]:
                if not said.issuperset(cell.text.split()) and not labels.duty_of(cell.text):
                    found.warn("role_unread", found=one_line(cell.text))


def _roles_of(table: Table) -> Iterator[dict[str, str]]:
    heads = {
        cell.column: (labels.duty_of(cell.text), cell.text)
        for row in table.rows[:2]
        for cell in row
        if labels.duty_of(cell.text)
    }
    if len(heads) >= 2:
        yield from _roles_in_columns(table, heads)
        return
    yield from _roles_in_rows(table)


def _roles_in_columns(table: Table, heads: dict[int, tuple[str, str]]) -> Iterator[dict[str, str]]:
    seen = set()
    for column, (duty, label) in heads.items():
        if duty in seen:
            continue
        seen.add(duty)
        name = position = ""
        for row in table.rows:
            value = next((c for c in row if c.column == column), None)
            if value is None or not value.lines or labels.duty_of(value.text):
                continue
            head = row[0].text
            if labels.begins(head, labels.NAME):
                name = name or one_line(value.lines[0])
            elif labels.begins(head, labels.POSITION):
                position = position or one_line(value.text)
        yield {"duty": duty, "label": one_line(label), "name": name, "position": position}


def _roles_in_rows(table: Table) -> Iterator[dict[str, str]]:
    name_at = position_at = None
    for row in table.rows[:1]:
        for cell in row[1:]:
            if labels.begins(cell.text, labels.NAME):
                name_at = cell.column
            elif labels.begins(cell.text, labels.POSITION):
                position_at = cell.column
    for row in table.rows:
        duty = labels.duty_of(row[0].text) if row else ""
        if not duty:
            continue
        by_column = {cell.column: one_line(cell.text) for cell in row[1:]}
        rest = list(by_column.values())
        name = by_column.get(name_at, "") if name_at is not None else (rest[:1] or [""])[0]
        position = by_column.get(position_at, "") if position_at is not None else ""
        yield {"duty": duty, "label": one_line(row[0].text), "name": name, "position": position}


_AMENDMENT_COLUMNS = (
    ("number", ("lan", "so lan", "issue", "revision", "rev", "version", "ausgabe")),
    ("on", ("ngay", "date", "datum")),
    ("place", ("trang", "phan", "vi tri", "muc", "page", "section", "clause")),
    ("request", ("yeu cau", "co so", "can cu", "ly do", "reason", "request", "basis")),
    (
        "description",
        ("tom luoc", "mo ta", "noi dung", "description", "change", "amendment", "anderung"),
    ),
)
_RUNNING = re.compile(r"(?:s?tt|so tt|no\.?|nr\.?|#)")
_DATED = re.compile(r"^(?:[a-z]+ )?(?:date|datum)\s*$")


def _amendments(found: Found, blocks: list[Block]) -> set[int]:
    """The amendment sheet: a table whose head says what was amended and in which number."""
    for block in blocks:
        if not isinstance(block, Table) or not _is_amendment_sheet(block):
            continue
        columns = _amendment_columns(block)
        for row in block.rows[1:]:
            values = {columns[c.column]: one_line(c.text) for c in row if c.column in columns}
            if any(values.values()):
                blank = {"request": "", "place": "", "description": "", "number": "", "on": ""}
                found.amendments.append(Amendment(**(blank | values)))
        return {id(block)} if _all_understood(block, columns) else set()
    return set()


def _is_amendment_sheet(table: Table) -> bool:
    return bool(table.rows) and {"number", "description"} <= set(
        _amendment_columns(table).values()
    )


def _all_understood(table: Table, columns: dict[int, str]) -> bool:
    """Whether all that the sheet says has gone into its lines, but for a running number."""
    known = set(columns) | {
        cell.column for cell in table.rows[0] if _RUNNING.fullmatch(labels.flat(cell.text).strip())
    }
    return not any(
        cell.lines and (cell.column not in known or cell.colspan > 1)
        for row in table.rows[1:]
        for cell in row
    )


def _amendment_columns(table: Table) -> dict[int, str]:
    head = " ".join(one_line(labels.flat(cell.text)) for cell in table.rows[0])
    if not re.search(r"sua doi|amend|revision|change|anderung", head):
        return {}
    columns: dict[int, str] = {}
    for cell in table.rows[0]:
        text = "date" if _DATED.search(labels.flat(cell.text)) else cell.text
        for name, words in _AMENDMENT_COLUMNS:
            if labels.begins(text, words) and name not in columns.values():
                columns[cell.column] = name
                break
    return columns


# ── sections and checks ──────────────────────────────────────────────────────────────────

_FRONT_WORDS = re.compile(r"muc luc|(?:trang theo doi )?(?:so lan )?sua doi tai lieu|trang theo doi|"
                          r"table of contents|contents|inhaltsverzeichnis")  # fmt: skip


def _sections(found: Found, parts: Parts, cover: Table | None, used: set[int]) -> None:
    """The whole body as sections; what stands in front and was not understood comes first."""
    rest: list[Block] = []
    for block in parts.front:
        if cover is not None and block is cover:
            rest += _unread(cover, found)
        elif id(block) not in used and not (
            isinstance(block, Paragraph) and _is_furniture(block, found)
        ):
            rest.append(block)
    if rest:
        found.sections.append(Section("", "Phần đầu", rich(rest)))
    for heading in parts.headings:
        kept = [block for block in heading.blocks if id(block) not in used]
        found.sections.append(Section(heading.number, heading.title, rich(kept)))
    if not any(heading.number for heading in parts.headings):
        found.warn("no_sections")


def _unread(cover: Table, found: Found) -> list[Paragraph]:
    """The lines of the cover that say something for which there is no field."""
    lines = (one_line(line) for row in cover.rows for cell in row for line in cell.lines)
    return [
        Paragraph(line, escape(line, quote=False)) for line in lines if not _is_read(line, found)
    ]


def _is_read(line: str, found: Found) -> bool:
    """Whether `line` says nothing but what was read: a label, its value, a kind, the norm."""
    if _is_kind(line) or labels.flat(line).startswith("tcvn"):
        return True
    key, value = next(
        ((k, v) for k, p in _LABELS if (v := labels.after(p, line)) is not None), ("", line)
    )
    if labels.dates_in(value) == [found.issued_on]:
        return True
    words = set(_WORD.findall(labels.flat(value)))
    if key == "page" and all(word.isdigit() for word in words):
        return True
    numbers = [n for n in (found.issue_no, found.amendment_no) if n is not None]
    said = [found.code, found.title, found.agency, found.parent_agency]
    said += [f"{n:0{width}d}" for n in numbers for width in (1, 2, 3)]
    return words <= set(_WORD.findall(labels.flat(" ".join(said))))


def _is_furniture(block: Paragraph, found: Found) -> bool:
    """Headings of what was read elsewhere: contents, amendment sheet, title, labelled values."""
    line = one_line(block.text)
    text = labels.flat(line).strip(" .:")
    return (
        block.in_toc
        or _FRONT_WORDS.fullmatch(text) is not None
        or (bool(found.title) and text == one_line(labels.flat(found.title)))
        or _is_kind(block.text)
        or (_is_label(line) and _is_read(line, found) and "<img" not in block.html)
    )


def _check(found: Found, headings: list[Heading], toc: list[str], margins: list[Block]) -> None:
    for code, missing in (
        ("no_code", not found.code),
        ("no_title", not found.title),
        ("no_issue_no", found.issue_no is None),
        ("no_issue_date", found.issued_on is None),
        ("no_roles", not found.roles),
    ):
        if missing:
            found.warn(code)
    _check_order(found, headings)
    _check_toc(found, headings, toc)
    _check_margins(found, margins)


_NAMES = {"1": "Mục đích", "2": "Phạm vi", "3": "Tài liệu viện dẫn", "4": "Định nghĩa, viết tắt",
          "5": "Nội dung", "6": "Biểu mẫu", "7": "Hồ sơ"}  # fmt: skip


def _check_order(found: Found, headings: list[Heading]) -> None:
    standard = [h.standard for h in headings if h.standard]
    if len(standard) < 3:
        return  # another kind of document
    for heading in headings:
        if heading.misnumbered:
            found.warn(
                "section_number",
                found=heading.misnumbered,
                number=heading.number,
                title=heading.title,
            )
    for number, title in _NAMES.items():
        if number not in standard:
            found.warn("section_missing", number=number, title=title)
    for before, after in pairwise(standard):
        if after <= before:
            found.warn("section_order", number=after)


def _check_toc(found: Found, headings: list[Heading], toc: list[str]) -> None:
    """Typed contents against the headings: the same standard part counts as the same."""
    if not toc:
        return
    wanted = {
        heading.standard or _key(heading.title): heading for heading in headings if heading.number
    }
    listed = {labels.section_of(_key(e), numbered=True) or _key(e): e for e in toc if _key(e)}
    for key, entry in listed.items():
        if key not in wanted and not _FRONT_WORDS.fullmatch(key):
            found.warn("toc_disagrees", found=entry)
    for key, heading in wanted.items():
        if key not in listed:
            found.warn("toc_lacks", number=heading.number, title=heading.title)


def _key(title: str) -> str:
    text = re.sub(r"^\s*(?:\d+(?:\.\d+)*|[ivx]+)[.)\s]+", "", labels.flat(nfc(title)))
    text = re.sub(r"[.…\s]*\d*\s*$", "", text)
    return re.sub(r"[\s/,–-]+", " ", re.sub(r"\bva\b", " ", text)).strip(" .:")


def _check_margins(found: Found, margins: list[Block]) -> None:
    """Headers and footers that say something else than the cover."""
    fields = Fields()
    for block in margins:
        fields.read(block)
        if found.issued_on:
            for date in labels.dates_in(block.text if isinstance(block, Table) else block.printed):
                if date != found.issued_on:
                    found.warn(
                        "date_contradicts",
                        found=f"{date:%d/%m/%Y}",
                        cover=f"{found.issued_on:%d/%m/%Y}",
                    )
    title = fields.text("title")
    if title and found.title and not _key(found.title).endswith(_key(title)):
        found.warn("title_contradicts", found=title)
    issue, _amendment = fields.numbers()
    if issue is not None and found.issue_no is not None and issue != found.issue_no:
        found.warn("issue_contradicts", found=f"{issue:02d}", cover=f"{found.issue_no:02d}")


def _core_title(package: Package) -> str:
    """The title in the file's properties, for documents whose pages do not say one."""
    core = package.xml("docProps/core.xml")
    title = None if core is None else core.find("{http://purl.org/dc/elements/1.1/}title")
    return "" if title is None else one_line(title.text or "")


def _margins(package: Package) -> Iterator[Block]:
    """What the headers and footers print, each part once."""
    folder = package.main.rsplit("/", 1)[0]
    names = [
        name
        for name in sorted(package.parts)
        if re.fullmatch(rf"{re.escape(folder)}/(?:header|footer)\d*\.xml", name)
    ]
    for name in names:
        walk = Walk(package, name, Numbering(None))
        yield from walk.blocks(package.xml(name))
