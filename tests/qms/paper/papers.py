"""Papers for the tests of this floor, and what Poppler, not our own library, reads in them."""

import hashlib
import re
import struct
import subprocess
import zlib
from pathlib import Path

from qms.kernel.content import Amendment, Content, Section, Signatory


def content(*sections: Section, **fields: object) -> Content:
    values = {
        "agency_name": "Sở Nội vụ", "parent_name": "Ủy ban nhân dân tỉnh Đồng Tháp",
        "standard": "TCVN ISO 9001:2015", "kind_label": "QUY TRÌNH", "code": "QT-03/VP",
        "title": "Kiểm soát thông tin dạng văn bản", "issue_no": 2, "amendment_no": 1,
        "issued_on": None, "effective_on": None,
        "signatories": (
            Signatory("author", "Lê Thị Bình", "Chuyên viên"),
            Signatory("reviewer", "Phạm Thị Chi", "Trưởng phòng"),
            Signatory("approver", "Nguyễn Văn Dũng", "Giám đốc"),
        ),
        "amendments": (Amendment("Đổi luật", "Mục 5", "Sửa bước 3", "02/01", "1/3/2026"),),
    } | fields  # fmt: skip
    return Content(sections=sections or (Section("1", "Mục đích", "<p>Một.</p>"),), **values)


def paragraphs(count: int) -> str:
    return "".join(f"<p>Đoạn {n}, viết cho đủ nhiều trang giấy.</p>" for n in range(count))


def picture(width: int = 40, height: int = 30) -> tuple[str, bytes]:
    """A real PNG in one colour, under its hash."""
    rows = zlib.compressobj(9)
    line = b"\x00" + b"\x99\x00\x00" * width
    body = b"".join(rows.compress(line) for _ in range(height)) + rows.flush()
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(part)) + kind + part + struct.pack(">I", zlib.crc32(kind + part))
        for kind, part in ((b"IHDR", head), (b"IDAT", body), (b"IEND", b""))
    )
    return hashlib.sha256(data).hexdigest(), data


def poppler(tool: str, data: bytes, folder: Path, *options: str) -> str:
    """What one of Poppler's tools says about the PDF."""
    file = folder / "paper.pdf"
    file.write_bytes(data)
    ends = ["-"] if tool == "pdftotext" else []
    done = subprocess.run(  # noqa: S603  # one of three tools, our own file
        [tool, *options, str(file), *ends], capture_output=True, text=True, check=True
    )
    return done.stdout


def pages(data: bytes, folder: Path) -> list[str]:
    """The words of each page as pdftotext reads them, laid out as on paper."""
    return poppler("pdftotext", data, folder, "-layout").split("\f")[:-1]


def words(text: str) -> str:
    return re.sub(r"\s+", " ", text)
