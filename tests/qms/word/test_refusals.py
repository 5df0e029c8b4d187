"""Files that are not taken, each with its own sentence; nothing of them is ever carried out."""

import io
import zipfile

import pytest

from qms.kernel.refusals import Refusal
from qms.word.reading import read
from qms.word.refusals import SENTENCES, Unreadable
from tests.qms.word import files
from tests.samples import samples

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
BODY = "word/document.xml"


def refused(data):
    """The stable code and the sentence with which `data` is refused."""
    with pytest.raises(Unreadable) as told:
        read(data, name="t.docx")
    assert isinstance(told.value, Refusal)
    assert str(told.value) == str(SENTENCES[told.value.reason])
    return told.value.reason, str(told.value)


def with_body_head(head):
    return files.changed(files.procedure(), BODY, "<w:document", f"{head}<w:document")


def test_an_empty_file():
    assert refused(b"") == ("empty", "Tệp rỗng. Chọn lại tệp Word có nội dung.")


def test_a_password_protected_file():
    data = OLE + b"\x00" * 504 + "EncryptedPackage".encode("utf-16-le") + b"\x00" * 512
    assert refused(data) == (
        "encrypted", "Tệp được đặt mật khẩu. Bỏ mật khẩu trong Word rồi thử lại.",
    )  # fmt: skip


def test_an_archive_with_a_password():
    data = bytearray(files.procedure())
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = 0
        while (start := data.find(signature, start)) >= 0:
            data[start + flags] |= 1
            start += 4
    assert refused(bytes(data))[0] == "encrypted"


def test_a_legacy_word_file_under_the_new_name():
    code, sentence = refused(OLE + b"\x00" * 2048)
    assert code == "legacy_doc"
    assert "lưu dạng .docx" in sentence


def test_the_legacy_word_file_of_the_samples():
    assert refused(samples("docx/13_legacy_ND30_PhuLuc5.doc").read_bytes())[0] == "legacy_doc"


@pytest.mark.parametrize(
    "data", [b"%PDF-1.7\n%%EOF", b"{\\rtf1 }", b"<html></html>", b"\x00" * 99]
)
def test_another_kind_of_file_under_the_name_docx(data):
    assert refused(data)[0] == "not_docx"


def test_a_pdf_of_the_samples_under_the_name_docx():
    code, sentence = refused(samples("pdf/p3_scan_no_text_layer.pdf").read_bytes())
    assert code == "not_docx"
    assert sentence.startswith("Tệp không phải tệp Word .docx.")


@pytest.mark.parametrize("contents", [
    {"a.txt": b"words"},
    {"[Content_Types].xml": b'<Types xmlns="x"><Override ContentType="application/'
     b'vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml" PartName="/xl/w.xml"/></Types>'},
])  # fmt: skip
def test_an_archive_that_is_no_word_file(contents):
    assert refused(files.packed(contents))[0] == "not_docx"


@pytest.mark.parametrize("kept", [4, 30, 2000, -30])
def test_a_file_cut_off(kept):
    assert refused(files.procedure()[:kept]) == (
        "damaged", "Tệp bị hỏng nên không đọc được. Mở bằng Word, lưu lại rồi thử lại.",
    )  # fmt: skip


def test_a_file_with_bits_flipped():
    data = bytearray(files.packed({BODY: b"x" * 4000} | files.parts(files.procedure())))
    middle = data.index(BODY.encode()) + len(BODY) + 5
    data[middle : middle + 40] = b"\xff" * 40
    assert refused(bytes(data))[0] == "damaged"


@pytest.mark.parametrize("xml", [b"", b"<w:document", b"not xml at all", b"\xff\xfe\x00"])
def test_a_file_whose_text_is_not_xml(xml):
    contents = files.parts(files.procedure()) | {BODY: xml}
    assert refused(files.packed(contents))[0] == "damaged"


def test_a_file_without_its_text():
    contents = files.parts(files.procedure())
    del contents[BODY]
    assert refused(files.packed(contents))[0] == "damaged"


@pytest.mark.parametrize("part", ["word/styles.xml", "word/numbering.xml"])
def test_a_file_whose_minor_parts_are_not_xml(part):
    contents = files.parts(files.procedure()) | {part: b"<broken"}
    assert refused(files.packed(contents))[0] == "damaged"


def test_an_archive_that_swells():
    bomb = files.parts(files.procedure()) | {"word/media/a.xml": b"\x00" * 30_000_000}
    assert refused(files.packed(bomb)) == (
        "zip_bomb", "Tệp nén bên trong lớn bất thường nên bị từ chối.",
    )  # fmt: skip


def test_an_archive_that_lies_about_its_size():
    """The directory says ten bytes; the stream holds millions: refused, and not unpacked whole."""
    data = bytearray(files.packed({"a.xml": b"\x00" * 5_000_000} | files.parts(files.procedure())))
    for signature, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        start = data.index(signature)
        data[start + at : start + at + 4] = (10).to_bytes(4, "little")
    assert refused(bytes(data))[0] in {"damaged", "zip_bomb"}


def test_an_archive_of_thousands_of_parts():
    many = {f"word/media/{n}.png": b"" for n in range(3001)}
    assert refused(files.packed(files.parts(files.procedure()) | many))[0] == "zip_bomb"


def test_an_entity_bomb():
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    head = f'<!DOCTYPE w:document [<!ENTITY e0 "lol">{levels}]>'
    code, sentence = refused(with_body_head(head))
    assert code == "external_entity"
    assert sentence == "Tệp có khai báo lạ trong XML mà Word không tạo ra nên bị từ chối."


@pytest.mark.parametrize("head", [
    '<!DOCTYPE w:document SYSTEM "http://127.0.0.1:9/evil.dtd">',
    '<!DOCTYPE w:document [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
    '<!DOCTYPE w:document [<!ENTITY % p SYSTEM "http://127.0.0.1:9/p.dtd">%p;]>',
])  # fmt: skip
def test_an_external_dtd_or_entity(head):
    assert refused(with_body_head(head))[0] == "external_entity"


@pytest.mark.parametrize("part", ["word/styles.xml", "word/_rels/document.xml.rels",
                                  "docProps/core.xml", "[Content_Types].xml"])  # fmt: skip
def test_a_dtd_in_any_other_part(part):
    contents = files.parts(files.procedure())
    contents[part] = contents[part].replace(b"?>", b'?><!DOCTYPE a [<!ENTITY b "c">]>', 1)
    assert refused(files.packed(contents))[0] == "external_entity"


def test_a_dtd_behind_another_encoding_or_much_white_space():
    contents = files.parts(files.procedure())
    text = contents[BODY].decode().split("?>", 1)[1].lstrip()
    dtd = '<!DOCTYPE a [<!ENTITY b "c">]>'
    utf16 = f'<?xml version="1.0" encoding="UTF-16"?>{dtd}{text}'.encode("utf-16")
    foreign = (
        b'<?xml version="1.0" encoding="UTF-7"?>' + f"{dtd}<a/>".replace("<", "+ADw-").encode()
    )
    padded = f'<?xml version="1.0"?>{" " * 200_000}{dtd}{text}'.encode()
    for body in (utf16, utf16[2:], foreign, padded):
        assert refused(files.packed(contents | {BODY: body}))[0] == "external_entity"


@pytest.mark.parametrize(("old", "new"), [
    ('<w:gridSpan w:val="2"', '<w:gridSpan w:val="two"'),
    ('<w:gridSpan w:val="2"', '<w:gridSpan w:val="-5"'),
    ('<w:gridSpan w:val="2"', '<w:gridSpan w:val="999999999"'),
    ('<w:ilvl w:val="0"', '<w:ilvl w:val="deep"'),
])  # fmt: skip
def test_numbers_that_are_none_do_not_stop_a_reading(old, new):
    data = files.in_body(
        "<w:tbl><w:tblGrid><w:gridCol/></w:tblGrid><w:tr><w:tc><w:tcPr>"
        '<w:gridSpan w:val="2"/></w:tcPr><w:p><w:pPr><w:numPr><w:ilvl w:val="0"/>'
        '<w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>Trong bảng</w:t></w:r></w:p>'
        "</w:tc></w:tr></w:tbl>"
    )
    assert "Trong bảng" in read(files.changed(data, BODY, old, new), name="t.docx").text


def test_a_file_over_the_limit(settings):
    settings.UPLOAD_LIMIT = 1000
    assert refused(files.procedure())[0] == "too_large"


def test_the_limit_is_the_one_the_sentence_names(settings):
    assert f"{settings.UPLOAD_LIMIT // 1024**2} MB" in str(SENTENCES["too_large"])


@pytest.mark.parametrize("tag", ["w:sdt><w:sdtContent", "w:tbl><w:tr><w:tc"])
def test_text_nested_thousands_deep(tag):
    ends = "".join(f"</{one}>" for one in reversed(tag.split("><")))
    xml = f"<{tag}>" * 5000 + "<w:p/>" + ends * 5000
    assert refused(files.in_body(xml))[0] == "damaged"


def test_a_file_with_macros():
    contents = files.parts(files.procedure())
    types = contents["[Content_Types].xml"].replace(
        b"openxmlformats-officedocument.wordprocessingml.document.main",
        b"ms-word.document.macroEnabled.main",
    )
    sentence = "Tệp có macro. Lưu dạng .docx không có macro rồi thử lại."
    assert refused(files.packed(contents | {"[Content_Types].xml": types})) == ("macro", sentence)
    assert refused(files.packed(contents | {"word/vbaProject.bin": b"x"})) == ("macro", sentence)


def test_a_part_that_names_a_place_outside_writes_nothing(tmp_path):
    contents = files.parts(files.procedure()) | {"../../evil.txt": b"x", "/evil.txt": b"x"}
    assert read(files.packed(contents), name="t.docx").code == "QT 07/VP"
    assert not list(tmp_path.parent.rglob("evil.txt"))


def test_a_part_packed_in_a_way_nobody_knows():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("a.txt", b"x")
    data = out.getvalue().replace(b"\x0e\x00\x00\x00", b"\x63\x00\x00\x00")
    assert refused(data)[0] in {"damaged", "not_docx"}


def test_a_picture_elsewhere_is_not_fetched():
    data = files.in_body(
        '<w:p><w:r><w:drawing xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
        '<a:blip r:link="rId99" r:embed="rId99"/></w:drawing></w:r></w:p>'
    )
    data = files.changed(
        data, "word/_rels/document.xml.rels", "</Relationships>",
        '<Relationship Id="rId99" Type="x" Target="http://127.0.0.1:9/x.png" TargetMode="External"/>'
        "</Relationships>",
    )  # fmt: skip
    reading = read(data, name="t.docx")
    assert [w.code for w in reading.warnings] == ["unreadable_image", "external_link"]
    assert reading.assets == {}
