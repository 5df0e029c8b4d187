"""The details of a TTHC procedure as one more section: the same on paper, in Word, in a redline.

Vietnamese, the language of the record. What they are is said in `content.Procedure`.
"""

from html import escape

from qms.kernel.content import Content, Procedure, Section
from qms.kernel.durations import in_words

# By this title the section is known again when an edited Word file comes back.
TITLE = "Thông tin thủ tục và trình tự giải quyết"
LEVELS = {"province": "Cấp tỉnh", "commune": "Cấp xã", "both": "Cấp tỉnh và cấp xã"}
ONLINE = {"full": "Toàn trình", "part": "Một phần", "none": "Không cung cấp trực tuyến"}
HEAD = ("TT", "Trình tự", "Trách nhiệm", "Thời gian", "Biểu mẫu, kết quả")
WITH_STEP_BEFORE = "tính vào bước trước"


def printed_sections(content: Content) -> tuple[Section, ...]:
    """Every section a reader sees, the details of the procedure last."""
    if content.procedure is None:
        return content.sections
    return (*content.sections, section_of(content.procedure))


def section_of(procedure: Procedure) -> Section:
    """Facts and step table as clean rich text; what nobody filled in is left out."""
    facts = "".join(
        f"<p>{escape(label)}: {escape(value)}</p>" for label, value in facts_of(procedure)
    )
    return Section("", TITLE, facts + _table(procedure))


def facts_of(procedure: Procedure) -> list[tuple[str, str]]:
    """(label, value) of everything said about the formality."""
    act = procedure.act_number
    if act and procedure.act_on:
        act = f"{act} ngày {procedure.act_on:%d/%m/%Y}"
    said = (
        ("Mã thủ tục", procedure.national_code),
        ("Lĩnh vực", procedure.field),
        ("Cấp giải quyết", LEVELS.get(procedure.level, "")),
        ("Dịch vụ công trực tuyến", ONLINE.get(procedure.online, "")),
        ("Quyết định công bố", act),
        ("Tổng thời gian giải quyết", time_of(procedure.minutes, procedure.unit)),
    )
    return [(label, value) for label, value in said if value]


def time_of(minutes: int, unit: str) -> str:
    return in_words(minutes, unit) if minutes else ""


def _table(procedure: Procedure) -> str:
    if not procedure.steps:
        return ""
    head = "".join(f"<th>{label}</th>" for label in HEAD)
    rows = []
    for number, step in enumerate(procedure.steps, 1):
        time = time_of(step.minutes, step.unit) or WITH_STEP_BEFORE
        cells = (str(number), step.name, step.responsible, time, step.result)
        rows.append("<tr>" + "".join(f"<td>{_lines(cell)}</td>" for cell in cells) + "</tr>")
    body = "".join(rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _lines(text: str) -> str:
    return "<br>".join(escape(line.strip()) for line in text.splitlines())
