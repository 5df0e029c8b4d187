"""The table of those who wrote, reviewed and approved; whose names they are is not checked here."""

from collections.abc import Iterator

from qms.kernel.text import one_line
from qms.word import labels
from qms.word.blocks import Block, Table
from qms.word.found import Found


def read_roles(found: Found, front: list[Block], body: list[Block]) -> set[int]:
    """Who signed, from the first signature table of the front; the table that was used up."""
    for block in front:
        if isinstance(block, Table):
            roles = list(_roles_of(block))
            if len({role["duty"] for role in roles}) >= 2:
                found.roles = roles
                _warn_of_people(found, block)
                return {id(block)}
    _read_last(found, body)
    return set()


def _read_last(found: Found, body: list[Block]) -> None:
    """Signers at the very end, as other countries have them; the table stays in the text."""
    last = next((block for block in reversed(body) if isinstance(block, Table)), None)
    if last is not None and last in body[-3:]:
        roles = list(_roles_in_columns(last, _heads(last)))
        found.roles = roles if len(roles) >= 2 else []


def _warn_of_people(found: Found, table: Table) -> None:
    """Names and positions of the signature table that belong to none of the duties read."""
    said = {word for role in found.roles for word in f"{role['name']} {role['position']}".split()}
    for row in table.rows:
        if row and labels.begins(row[0].text, (*labels.NAME, *labels.POSITION)):
            for cell in row[1:]:
                if not said.issuperset(cell.text.split()) and not labels.duty_of(cell.text):
                    found.warn("role_unread", found=one_line(cell.text))


def _roles_of(table: Table) -> Iterator[dict[str, str]]:
    heads = _heads(table)
    if len(heads) >= 2:
        yield from _roles_in_columns(table, heads)
        return
    yield from _roles_in_rows(table)


def _heads(table: Table) -> dict[int, tuple[str, str]]:
    """Column → the duty that stands above it, and how it is written."""
    return {
        cell.column: (labels.duty_of(cell.text), cell.text)
        for row in table.rows[:2]
        for cell in row
        if labels.duty_of(cell.text)
    }


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
        if not (name or position):
            name, position = _unlabelled(table, column)
        yield {"duty": duty, "label": one_line(label), "name": name, "position": position}


def _unlabelled(table: Table, column: int) -> tuple[str, str]:
    """Name and position below a duty where nothing says which is which."""
    name = position = ""
    for row in table.rows:
        for cell in row:
            text = one_line(cell.text)
            if cell.column != column or not text or labels.duty_of(text):
                continue
            if labels.begins(text, labels.POSITIONS):
                position = position or text
            elif len(text.split()) >= 2 and not any(c.isdigit() for c in text):
                name = name or text
    return name, position


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
