"""Files that must not come in: each with the status of its refusal and words of its sentence."""

import io
import struct
import zlib
from dataclasses import dataclass

import pikepdf
import pypdfium2

from tests.qms.word import files

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
BODY = "word/document.xml"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(frozen=True)
class Bad:
    """One file: its name, its bytes, and what everybody who hands it in is told."""

    name: str
    data: bytes
    status: int
    says: str


def bad_files() -> dict[str, Bad]:
    """Line by line what the project promises to refuse, at every door alike."""
    good = files.procedure()
    return {
        "empty": Bad("rỗng.docx", b"", 422, "Tệp rỗng"),
        "other ending": Bad("bảng.xlsx", good, 415, "đuôi không dùng được"),
        "program": Bad("cài đặt.exe", b"MZ" + b"\0" * 99, 415, "đuôi không dùng được"),
        "svg": Bad("hình.svg", b"<svg onload='x()'/>", 415, "đuôi không dùng được"),
        "picture as word": Bad("ảnh.docx", files.png(), 415, "không phải tệp Word"),
        "page as word": Bad("trang.docx", b"<html><script>x()</script>", 415, "không phải tệp Word"),
        "word as pdf": Bad("thật ra là word.pdf", good, 415, "bên trong không phải PDF"),
        "pdf as word": Bad("thật ra là pdf.docx", pdf("x"), 415, "không phải tệp Word"),
        "polyglot page pdf": Bad("hai mặt.pdf", b"<script>x()</script>" + pdf("x"), 415,
                                 "bên trong không phải PDF"),
        "polyglot pdf word": Bad("hai mặt.docx", b"%PDF-1.7\n" + good, 415, "không phải tệp Word"),
        "old word as new": Bad("cũ.docx", OLE + b"\0" * 2048, 415, "định dạng Word cũ"),
        "macro": Bad("macro.docx", macro(), 415, "có macro"),
        "macro by part": Bad("vba.docx", files.packed(files.parts(good) | {
            "word/vbaProject.bin": b"x"}), 415, "có macro"),
        "encrypted": Bad("khóa.docx", OLE + b"\0" * 504 + "EncryptedPackage".encode("utf-16-le")
                         + b"\0" * 512, 422, "đặt mật khẩu"),
        "encrypted pdf": Bad("khóa.pdf", locked_pdf(), 422, "đặt mật khẩu"),
        "truncated": Bad("cụt.docx", good[:2000], 422, "bị hỏng"),
        "truncated pdf": Bad("cụt.pdf", pdf("Chữ trong tệp")[:60], 422, "bị hỏng"),
        "zip bomb": Bad("bom.docx", files.packed(files.parts(good) | {
            "word/media/a.xml": b"\0" * 30_000_000}), 413, "lớn bất thường"),
        "entity bomb": Bad("cười.docx", with_head(laughs()), 422, "khai báo lạ"),
        "external entity": Bad("ngoài.docx", with_head(
            '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'), 422, "khai báo lạ"),
        "image bomb": Bad("hình to.docx", files.packed(files.parts(good) | {
            "word/media/image1.png": huge_png()}), 413, "hình quá lớn"),
    }  # fmt: skip


def with_head(head: str) -> bytes:
    return files.changed(files.procedure(), BODY, "<w:document", f"{head}<w:document")


def laughs() -> str:
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    return f'<!DOCTYPE w:document [<!ENTITY e0 "lol">{levels}]>'


def macro() -> bytes:
    contents = files.parts(files.procedure())
    types = contents["[Content_Types].xml"].replace(
        b"openxmlformats-officedocument.wordprocessingml.document.main",
        b"ms-word.document.macroEnabled.main",
    )
    return files.packed(contents | {"[Content_Types].xml": types})


def huge_png() -> bytes:
    """A picture of 60,000 × 60,000 that takes a few kilobytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        checksum = zlib.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", checksum)

    head = struct.pack(">IIBBBBB", 60_000, 60_000, 1, 0, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 99_999))
    return b"\x89PNG\r\n\x1a\n" + body + chunk(b"IEND", b"")


def pdf(*lines: str, bold: str = "") -> bytes:
    """A PDF of one page with these lines, the one called `bold` in a bold font."""
    made = pikepdf.new()
    page = made.add_blank_page(page_size=(595, 842))
    fonts = {
        name: pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1,
                                 BaseFont=pikepdf.Name(f"/{base}"))
        for name, base in (("/F1", "Helvetica"), ("/F2", "Helvetica-Bold"))
    }  # fmt: skip
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(fonts))
    said = []
    for n, line in enumerate(lines):
        font = "F2" if line == bold else "F1"
        text = (
            line.encode("latin-1", "replace")
            .decode("latin-1")
            .replace("(", "\\(")
            .replace(")", "\\)")
        )
        said.append(f"BT /{font} 12 Tf 60 {780 - 20 * n} Td ({text}) Tj ET")
    page.Contents = made.make_stream("\n".join(said).encode("latin-1"))
    out = io.BytesIO()
    made.save(out, deterministic_id=True)
    return out.getvalue()


def locked_pdf() -> bytes:
    made, out = pikepdf.open(io.BytesIO(pdf("Bí mật"))), io.BytesIO()
    made.save(out, encryption=pikepdf.Encryption(user="x", owner="y"))
    return out.getvalue()


def long_pdf(pages: int) -> bytes:
    made, out = pypdfium2.PdfDocument.new(), io.BytesIO()
    for _page in range(pages):
        made.new_page(100, 100).close()
    made.save(out)
    made.close()
    return out.getvalue()
