"""Copies of a finished PDF, stamped on every page without making the paper again.

A stamped file is no longer the record: it says so in its title and metadata, carries neither
the claim of PDF/A nor the files inside, and no signature that would now be broken.
"""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream

from qms.paper.letters import Letters, letters

# Points. The stamp stands in the lower margin of our papers, which is 20 mm.
EDGE, BASE, SIZE, SMALLEST, LEADING = 34.0, 30.0, 8.5, 5.5, 10.5
RED = "0.72 0.09 0.12"
MARK_SHARE, MARK_LINE = 0.78, 1.4
_STAMP = "/QmsStamp"
# What is written anew are lists of small objects: harder pressing costs time and saves little.
pikepdf.settings.set_flate_compression_level(1)


@dataclass(frozen=True, slots=True)
class Stamp:
    """What is put on every page: the class of the copy, who and when, where to check it.

    `mark` is written large across the page, in outline, so that the text stays legible;
    `title` stands before the title of the file.
    """

    label: str
    whose: str
    check: str = ""
    mark: str = ""
    title: str = "BẢN SAO"

    @property
    def lines(self) -> list[str]:
        return [" · ".join(filter(None, (self.label, self.whose))), *filter(None, (self.check,))]


def stamped(
    data: bytes, stamp: Stamp, *, title: str, facts: Mapping[str, str] | None = None
) -> bytes:
    """A copy of the PDF `data` with `stamp` on every page; `facts` go into its metadata."""
    with Pdf.open(io.BytesIO(data)) as pdf:
        _leave_out_what_is_the_originals(pdf)
        _put_on_every_page(pdf, stamp)
        _say_it_is_a_copy(pdf, stamp, title, dict(facts or {}))
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True)
    return out.getvalue()


def _leave_out_what_is_the_originals(pdf: Pdf) -> None:
    for key in ("/AF", "/AcroForm", "/Perms", "/DSS", "/OutputIntents"):
        if key in pdf.Root:
            del pdf.Root[key]
    if "/Names" in pdf.Root and "/EmbeddedFiles" in pdf.Root.Names:
        del pdf.Root.Names["/EmbeddedFiles"]


def _put_on_every_page(pdf: Pdf, stamp: Stamp) -> None:
    """One form a page size, shared by all pages; what stood there is shut in `q` and `Q`."""
    font = _font(pdf, letters())
    before = pdf.make_stream(b"q\n")
    after = pdf.make_stream(f"\nQ /Artifact BMC q {_STAMP} Do Q EMC\n".encode())
    forms: dict[tuple[float, ...], Stream] = {}
    for page in pdf.pages:
        box = tuple(float(edge) for edge in page.mediabox)
        if box not in forms:
            forms[box] = _form(pdf, box, stamp, font)
        contents = page.obj.get("/Contents", Array())
        middle = list(contents) if isinstance(contents, Array) else [contents]
        page.obj.Contents = Array([before, *middle, after])
        page.add_resource(forms[box], Name.XObject, Name(_STAMP), replace_existing=True)


def _form(pdf: Pdf, box: tuple[float, ...], stamp: Stamp, font: pikepdf.Object) -> Stream:
    left, low, right, high = box
    said = [f"{RED} rg {RED} RG", _rule(left, low, right, len(stamp.lines))]
    for n, line in enumerate(reversed(stamp.lines)):
        said.append(_line(line, left + EDGE, low + BASE + n * LEADING, right - left - 2 * EDGE))
    if stamp.mark:
        said.append(_across(stamp.mark, box))
    form: Stream = pdf.make_stream("\n".join(said).encode("ascii"))
    form["/Type"], form["/Subtype"] = Name.XObject, Name.Form
    form["/BBox"] = Array([left, low, right, high])
    form["/Resources"] = Dictionary(Font=Dictionary(F=font))
    return form


def _rule(left: float, low: float, right: float, lines: int) -> str:
    y = low + BASE + lines * LEADING
    return f"0.6 w {left + EDGE:.2f} {y:.2f} m {right - EDGE:.2f} {y:.2f} l S"


def _line(text: str, x: float, y: float, room: float) -> str:
    """The text in its size, smaller when it is too long, at last cut with an ellipsis."""
    font = letters()
    size = min(SIZE, max(SMALLEST, room / max(font.width(text), 1)))
    while font.width(text) * size > room and len(text) > 1:
        text = text[:-2] + "…"
    return f"BT /F {size:.2f} Tf {x:.2f} {y:.2f} Td <{font.encoded(text)}> Tj ET"


def _across(text: str, box: tuple[float, ...]) -> str:
    """Outlined letters along the diagonal, on its middle; no transparency is needed."""
    left, low, right, high = box
    wide, tall = right - left, high - low
    diagonal = (wide**2 + tall**2) ** 0.5
    cosine, sine = wide / diagonal, tall / diagonal
    font = letters()
    size = min(MARK_SHARE * diagonal / font.width(text), 0.3 * wide)
    along, up = font.width(text) * size / 2, font.cap_height / 1000 * size / 2
    x = left + wide / 2 - along * cosine + up * sine
    y = low + tall / 2 - along * sine - up * cosine
    turned = f"{cosine:.5f} {sine:.5f} {-sine:.5f} {cosine:.5f} {x:.2f} {y:.2f} Tm"
    return f"BT 1 Tr {MARK_LINE} w /F {size:.2f} Tf {turned} <{font.encoded(text)}> Tj 0 Tr ET"


def _font(pdf: Pdf, font: Letters) -> pikepdf.Object:
    """The letters as a composite font, with the way back from glyphs to Unicode."""
    program = pdf.make_stream(font.program)
    program["/Filter"], program["/Length1"] = Name.FlateDecode, font.length
    descriptor = Dictionary(
        Type=Name.FontDescriptor, FontName=Name("/" + font.name), Flags=4, ItalicAngle=0,
        FontBBox=Array(list(font.box)), Ascent=font.ascent, Descent=font.descent,
        CapHeight=font.cap_height, StemV=120, FontFile2=program,
    )  # fmt: skip
    widths = Array([0, Array([font.widths.get(n, 0) for n in range(max(font.widths) + 1)])])
    below = Dictionary(
        Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=Name("/" + font.name), W=widths, DW=500,
        CIDSystemInfo=Dictionary(Registry="Adobe", Ordering="Identity", Supplement=0),
        FontDescriptor=pdf.make_indirect(descriptor), CIDToGIDMap=Name.Identity,
    )  # fmt: skip
    return pdf.make_indirect(Dictionary(
        Type=Name.Font, Subtype=Name.Type0, BaseFont=Name("/" + font.name), Encoding=Name("/Identity-H"),
        DescendantFonts=Array([pdf.make_indirect(below)]), ToUnicode=pdf.make_stream(_to_unicode(font)),
    ))  # fmt: skip


def _to_unicode(font: Letters) -> bytes:
    pairs = sorted({glyph: letter for letter, glyph in reversed(font.glyphs.items())}.items())
    parts = [
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        "/CMapName /QmsStamp def /CMapType 2 def",
        "1 begincodespacerange <0000> <ffff> endcodespacerange",
    ]
    for start in range(0, len(pairs), 100):
        some = pairs[start : start + 100]
        parts.append(f"{len(some)} beginbfchar")
        parts += [f"<{glyph:04x}> <{ord(letter):04x}>" for glyph, letter in some]
        parts.append("endbfchar")
    parts.append("endcmap CMapName currentdict /CMap defineresource pop end end")
    return "\n".join(parts).encode("ascii")


def _say_it_is_a_copy(pdf: Pdf, stamp: Stamp, title: str, facts: dict[str, str]) -> None:
    said = {"QmsCopyClass": stamp.label, **facts}
    name = f"{stamp.title} – {title}"
    info: Any = pdf.docinfo
    info["/Title"] = name
    for key, value in said.items():
        info[f"/{key}"] = value
    own = "".join(f"<qms:{key}>{escape(value)}</qms:{key}>" for key, value in said.items())
    packet = (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:qms="urn:qms:copy:1"><dc:title><rdf:Alt><rdf:li xml:lang="x-default">'
        f"{escape(name)}</rdf:li></rdf:Alt></dc:title>{own}</rdf:Description></rdf:RDF></x:xmpmeta>"
        '<?xpacket end="r"?>'
    )
    metadata = pdf.make_stream(packet.encode())
    metadata["/Type"], metadata["/Subtype"] = Name.Metadata, Name.XML
    pdf.Root.Metadata = metadata
