"""Word files made for tests: a procedure as agencies write it, and archives taken apart."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Sequence

from docx import Document
from docx.document import Document as WordDocument

SEVEN = (
    "1. MỤC ĐÍCH", "2. PHẠM VI ÁP DỤNG", "3. TÀI LIỆU VIỆN DẪN", "4. ĐỊNH NGHĨA, VIẾT TẮT",
    "5. NỘI DUNG QUY TRÌNH", "6. BIỂU MẪU", "7. HỒ SƠ CẦN LƯU",
)  # fmt: skip
AMENDMENT_HEAD = ("STT", "Nội dung sửa đổi", "Lý do sửa đổi", "Lần sửa đổi", "Ngày sửa đổi")


def procedure(
    *,
    code: str = "QT 07/VP",
    title: str = "Tiếp nhận phản ánh của công dân",
    issue: str = "01",
    amendment: str = "",
    day: str = "07/7/2025",
    footer: str = "",
    sections: Sequence[str] = SEVEN,
    toc: Sequence[str] = (),
    amendments: Sequence[Sequence[str]] = (),
    front: Callable[[WordDocument], None] = lambda _document: None,
    body: Callable[[WordDocument], None] = lambda _document: None,
) -> bytes:
    """A procedure without a single heading style; `front` and `body` add to cover and end."""
    document = Document()
    _cover(document, code, title, issue, amendment, day)
    _signatures(document)
    front(document)
    if toc:
        bold(document, "MỤC LỤC")
        for entry in toc:
            document.add_paragraph(entry)
    if amendments:
        bold(document, "SỬA ĐỔI TÀI LIỆU")
        grid(document, [AMENDMENT_HEAD, *amendments])
    for n, heading in enumerate(sections, 1):
        bold(document, heading)
        document.add_paragraph(f"Đoạn văn thứ {n} của quy trình.")
    body(document)
    if footer:
        document.sections[0].footer.paragraphs[0].text = footer
    return saved(document)


def bold(document: WordDocument, text: str) -> None:
    document.add_paragraph().add_run(text).bold = True


def grid(container: WordDocument, rows: Sequence[Sequence[str]]) -> None:
    table = container.add_table(len(rows), len(rows[0]))
    for row, values in zip(table.rows, rows, strict=True):
        for cell, value in zip(row.cells, values, strict=True):
            cell.text = value


def saved(document: WordDocument) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(contents: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    return out.getvalue()


def changed(data: bytes, name: str, old: str, new: str) -> bytes:
    """`data` with `old` replaced once in one of its parts; the part must hold it."""
    contents = parts(data)
    text = contents[name].decode()
    assert old in text
    return packed(contents | {name: text.replace(old, new, 1).encode()})


def in_body(xml: str) -> bytes:
    """A procedure whose last section also holds this raw WordprocessingML."""
    return changed(procedure(), "word/document.xml", "<w:sectPr", f"{xml}<w:sectPr")


def png(width: int = 3, height: int = 2) -> bytes:
    """A red picture, small and valid."""
    rows = b"".join(b"\x00" + b"\xff\x00\x00" * width for _row in range(height))

    def chunk(kind: bytes, data: bytes) -> bytes:
        checksum = zlib.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", checksum)

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def _cover(
    document: WordDocument, code: str, title: str, issue: str, amendment: str, day: str
) -> None:
    table = document.add_table(3, 3)
    agency = table.cell(0, 0).merge(table.cell(2, 0))
    agency.text = "ỦY BAN NHÂN DÂN TỈNH\nSỞ NỘI VỤ"
    table.cell(0, 1).text = "QUY TRÌNH"
    table.cell(1, 1).merge(table.cell(2, 1)).text = title
    table.cell(0, 2).text = f"Mã hiệu: {code}"
    number = f"Lần ban hành: {issue}"
    table.cell(1, 2).text = f"{number}\nLần sửa đổi: {amendment}" if amendment else number
    table.cell(2, 2).text = f"Ngày ban hành: {day}"


def _signatures(document: WordDocument) -> None:
    document.add_paragraph()
    grid(document, [
        ("Trách nhiệm", "Soạn thảo", "Xem xét", "Phê duyệt"),
        ("Họ tên", "Lê Thị Bình", "Phạm Thị Chi", "Nguyễn Văn Dũng"),
        ("Chữ ký", "", "", ""),
        ("Chức vụ", "Chuyên viên", "Trưởng phòng", "Giám đốc"),
    ])  # fmt: skip
    document.add_paragraph()
