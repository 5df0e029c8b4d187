"""Documents as other agencies lay them out, built in our own words, each with what it says.

`LAYOUTS` maps a name to a function that gives the file and the truth: the fields that a
careful reader finds (code, title, issue_no, amendment_no, issued_on, numbers of the sections,
duties of the signers). What a truth does not name is not asked.
"""

import io
from collections.abc import Callable
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from tests.qms.word import files

Truth = dict[str, Any]
Layout = Callable[[], tuple[bytes, Truth]]
LAYOUTS: dict[str, Layout] = {}
SEVEN = ("Mục đích", "Phạm vi", "Tài liệu viện dẫn", "Định nghĩa, viết tắt", "Nội dung", "Biểu mẫu",
         "Hồ sơ cần lưu")  # fmt: skip
NUMBERS = list("1234567")
DUTIES = ["author", "reviewer", "approver"]


def layout(make: Layout) -> Layout:
    LAYOUTS[make.__name__] = make
    return make


def centre(document: Any, *lines: str, bold: bool = True) -> None:
    for line in lines:
        paragraph = document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.add_run(line).bold = bold


def body(
    document: WordDocument, headings: tuple[str, ...] = SEVEN, form: str = "{n}. {h}"
) -> None:
    for n, heading in enumerate(headings, 1):
        files.bold(document, form.format(n=n, h=heading, H=heading.upper(), r=_roman(n)))
        document.add_paragraph(f"Nội dung của phần thứ {n} được viết ở đây cho người đọc hiểu.")


def signers(
    container: Any, head: tuple[str, ...] = ("Soạn thảo", "Soát xét", "Phê duyệt")
) -> None:
    files.grid(container, [
        ("", *head),
        ("Họ và tên", "Ngô Thị Lan", "Bùi Văn Hải", "Đặng Minh Quân"),
        ("Chữ ký", "", "", ""),
        ("Chức vụ", "Thư ký", "Phó Chi cục trưởng", "Chi cục trưởng"),
    ])  # fmt: skip


def header(document: WordDocument, *cells: str) -> None:
    table = document.sections[0].header.add_table(1, len(cells), 6_000_000)
    for cell, text in zip(table.rows[0].cells, cells, strict=True):
        cell.text = text


def _roman(n: int) -> str:
    return ("I", "II", "III", "IV", "V", "VI", "VII", "VIII")[n - 1]


@layout
def cover_as_paragraphs_with_a_box() -> tuple[bytes, Truth]:
    """A district enforcement office: cover in paragraphs, numbers in a box, header on each page."""
    d = Document()
    centre(d, "TỔNG CỤC CẤP TRÊN", "CHI CỤC HUYỆN HƯNG THẠNH", "TCVN ISO 9001:2015", "QUY TRÌNH",
           "QUẢN LÝ RỦI RO VÀ CƠ HỘI")  # fmt: skip
    files.grid(
        d, [("MÃ HIỆU", "QT.ISO.02"), ("LẦN BAN HÀNH", "01"), ("NGÀY BAN HÀNH", "15/3/2021")]
    )
    signers(d, ("SOẠN THẢO", "SOÁT XÉT", "PHÊ DUYỆT"))
    header(d, "CHI CỤC HUYỆN HƯNG THẠNH", "QUẢN LÝ RỦI RO VÀ CƠ HỘI",
           "Mã hiệu: QT.ISO.02\nNgày ban hành: 15/3/2021\nLần ban hành: 01\nTrang 1/11")  # fmt: skip
    files.bold(d, "MỤC LỤC")
    for line in ("Sửa đổi tài liệu", *SEVEN):
        d.add_paragraph(line)
    files.bold(d, "SỬA ĐỔI TÀI LIỆU")
    files.grid(d, [("Yêu cầu sửa đổi, bổ sung", "Trang/Phần liên quan việc sửa đổi",
                    "Mô tả nội dung sửa đổi", "Lần ban hành/Lần sửa đổi", "Ngày ban hành"),
                   ("", "", "", "", "")])  # fmt: skip
    body(d, form="{n}. {H}")
    return files.saved(d), {
        "code": "QT.ISO.02", "title": "QUẢN LÝ RỦI RO VÀ CƠ HỘI", "issue_no": 1,
        "issued_on": "2021-03-15", "numbers": NUMBERS, "duties": DUTIES,
    }  # fmt: skip


@layout
def values_below_their_labels() -> tuple[bytes, Truth]:
    d = Document()
    centre(d, "UBND HUYỆN LẤP VÒ", "PHÒNG NỘI VỤ", "QUY TRÌNH", "Xét thi đua cuối năm")
    files.grid(d, [("Mã số", "Lần ban hành", "Lần sửa đổi", "Ngày ban hành"),
                   ("QT-NV-03", "02", "01", "01/02/2024")])  # fmt: skip
    signers(d, ("Người viết", "Người kiểm tra", "Người phê duyệt"))
    body(d)
    return files.saved(d), {
        "code": "QT-NV-03", "title": "Xét thi đua cuối năm", "issue_no": 2, "amendment_no": 1,
        "issued_on": "2024-02-01", "numbers": NUMBERS, "duties": DUTIES,
    }  # fmt: skip


@layout
def a_table_that_says_symbol_and_revision() -> tuple[bytes, Truth]:
    d = Document()
    files.grid(d, [
        ("SỞ XÂY DỰNG", "QUY TRÌNH\nCẤP PHÉP NHÀ Ở RIÊNG LẺ", "Ký hiệu: QT-XD.04"),
        ("", "", "Soát xét lần: 03"),
        ("", "", "Hiệu lực: 20/11/2023"),
    ])  # fmt: skip
    signers(d)
    body(d)
    return files.saved(d), {
        "code": "QT-XD.04", "title": "QUY TRÌNH CẤP PHÉP NHÀ Ở RIÊNG LẺ", "amendment_no": 3,
        "issued_on": "2023-11-20", "numbers": NUMBERS, "duties": DUTIES,
        "unsure": {"issue_no", "issued_on"},
    }  # fmt: skip


@layout
def abbreviated_labels() -> tuple[bytes, Truth]:
    d = Document()
    files.grid(d, [("UBND XÃ AN BÌNH", "QUY TRÌNH\nTiếp nhận đơn thư", ("Mã TL: QT-07\nLần BH: 01\n"
                    "Lần SĐ: 02\nNgày BH: 5/6/2024\nSố trang: 08"))])  # fmt: skip
    signers(d)
    body(d)
    return files.saved(d), {
        "code": "QT-07", "title": "QUY TRÌNH Tiếp nhận đơn thư", "issue_no": 1, "amendment_no": 2,
        "issued_on": "2024-06-05", "numbers": NUMBERS, "duties": DUTIES,
    }  # fmt: skip


@layout
def code_only_in_the_page_header() -> tuple[bytes, Truth]:
    d = Document()
    header(d, "TRUNG TÂM HÀNH CHÍNH CÔNG", "Trực điện thoại đường dây nóng",
           "Mã hiệu: HD-TTHCC-09\nLần ban hành: 02\nNgày ban hành: 09/9/2024")  # fmt: skip
    centre(d, "HƯỚNG DẪN CÔNG VIỆC", "Trực điện thoại đường dây nóng")
    body(d)
    return files.saved(d), {
        "code": "HD-TTHCC-09", "title": "Trực điện thoại đường dây nóng", "issue_no": 2,
        "issued_on": "2024-09-09", "numbers": NUMBERS, "unsure": {"code", "issue_no", "issued_on"},
    }  # fmt: skip


@layout
def everything_in_a_header_table() -> tuple[bytes, Truth]:
    """No cover at all: the table of the page header is one."""
    d = Document()
    header(d, "SỞ TÀI CHÍNH\nVĂN PHÒNG", "QUY TRÌNH\nMUA SẮM TÀI SẢN",
           "Mã số: QT-TC-11\nLần ban hành: 01\nNgày hiệu lực: 02/01/2025\nTrang: 1/6")  # fmt: skip
    body(d, form="{n}. {H}")
    return files.saved(d), {
        "code": "QT-TC-11", "title": "QUY TRÌNH MUA SẮM TÀI SẢN", "issue_no": 1, "issued_on": "2025-01-02",
        "numbers": NUMBERS, "unsure": {"code", "title", "issue_no", "issued_on"},
    }  # fmt: skip


@layout
def quality_manual_of_a_commune() -> tuple[bytes, Truth]:
    d = Document()
    centre(d, "ỦY BAN NHÂN DÂN", "XÃ TÂN THẠNH", "SỔ TAY CHẤT LƯỢNG",
           "Theo tiêu chuẩn TCVN ISO 9001:2015")  # fmt: skip
    centre(d, "Mã hiệu: STCL", "Lần ban hành: 02", "Ngày ban hành: 01/8/2025", bold=False)
    signers(d, ("Soạn thảo", "Xem xét", "Phê duyệt"))
    parts = ("Giới thiệu chung", "Phạm vi áp dụng", "Ngoại lệ áp dụng và lý giải",
             "Tương tác giữa các quá trình", "Danh mục tài liệu của hệ thống",
             "Giới thiệu khái quát hệ thống")  # fmt: skip
    body(d, parts, form="{n}. {H}")
    return files.saved(d), {
        "code": "STCL", "title": "SỔ TAY CHẤT LƯỢNG", "issue_no": 2, "issued_on": "2025-08-01",
        "numbers": list("123456"), "duties": DUTIES,
    }  # fmt: skip


@layout
def two_positions_for_each_signer() -> tuple[bytes, Truth]:
    d = Document()
    files.grid(d, [("SỞ LAO ĐỘNG", "QUY TRÌNH", "Mã hiệu: QT-HT-02"),
                   ("", "Đánh giá nội bộ", "Lần ban hành: 03"), ("", "", "Ngày ban hành: 12/12/2019")])  # fmt: skip
    files.grid(d, [
        ("", "Biên soạn", "Kiểm tra", "Phê duyệt"),
        ("Chữ ký", "", "", ""),
        ("Họ tên", "Hà Thị Mai", "Tô Văn Sơn", "Lưu Bá Đạt"),
        ("Chức danh", "Chuyên viên\nThư ký Ban ISO", "Chánh Văn phòng\nPhó Trưởng ban ISO",
         "Giám đốc\nTrưởng ban ISO"),
    ])  # fmt: skip
    body(d)
    return files.saved(d), {
        "code": "QT-HT-02", "title": "Đánh giá nội bộ", "issue_no": 3, "issued_on": "2019-12-12",
        "numbers": NUMBERS, "duties": DUTIES,
        "positions": ["Chuyên viên Thư ký Ban ISO", "Chánh Văn phòng Phó Trưởng ban ISO",
                      "Giám đốc Trưởng ban ISO"],
    }  # fmt: skip


@layout
def signers_without_labels_for_their_names() -> tuple[bytes, Truth]:
    """Three columns, the positions under the duties, the names at the foot."""
    d = Document()
    files.grid(d, [("CHI CỤC THỦY LỢI", "QUY TRÌNH", "Mã hiệu: QT-TL-01"),
                   ("", "Kiểm tra đê bao", "Lần ban hành: 01"), ("", "", "Ngày ban hành: 3/4/2023")])  # fmt: skip
    files.grid(d, [("NGƯỜI LẬP", "NGƯỜI KIỂM TRA", "NGƯỜI PHÊ DUYỆT"),
                   ("Chuyên viên", "Phó Chi cục trưởng", "Chi cục trưởng"),
                   ("", "", ""), ("Mai Thị Hoa", "Cao Văn Phú", "Lâm Tấn Tài")])  # fmt: skip
    body(d)
    return files.saved(d), {
        "code": "QT-TL-01", "title": "Kiểm tra đê bao", "issue_no": 1, "issued_on": "2023-04-03",
        "numbers": NUMBERS, "duties": DUTIES, "names": ["Mai Thị Hoa", "Cao Văn Phú", "Lâm Tấn Tài"],
        "positions": ["Chuyên viên", "Phó Chi cục trưởng", "Chi cục trưởng"],
    }  # fmt: skip


@layout
def a_form_with_merged_cells_and_a_background() -> tuple[bytes, Truth]:
    d = Document()
    d.sections[0].header.paragraphs[0].text = "BM.01.01"
    d.sections[0].header.add_paragraph().add_run().add_picture(io.BytesIO(files.png(9, 9)))
    d.sections[0].footer.paragraphs[0].text = "Lần ban hành: 01 - Ngày ban hành: 02/5/2024"
    centre(d, "PHIẾU YÊU CẦU BAN HÀNH, SỬA ĐỔI TÀI LIỆU")
    table = d.add_table(4, 4)
    table.cell(0, 0).merge(table.cell(0, 3)).text = "Phần 1. Người đề nghị ghi"
    table.cell(1, 0).merge(table.cell(2, 0)).text = "Lý do"
    table.cell(1, 1).merge(table.cell(1, 3)).text = "Tên tài liệu:"
    table.cell(3, 0).merge(table.cell(3, 1)).text = "Ý kiến của lãnh đạo"
    return files.saved(d), {
        "code": "BM.01.01", "title": "PHIẾU YÊU CẦU BAN HÀNH, SỬA ĐỔI TÀI LIỆU", "issue_no": 1,
        "issued_on": "2024-05-02", "says": "Ý kiến của lãnh đạo",
        "unsure": {"code", "issue_no", "issued_on"},
    }  # fmt: skip


@layout
def a_form_that_names_itself_in_the_corner() -> tuple[bytes, Truth]:
    d = Document()
    d.add_paragraph("BM-QT05-02").alignment = WD_ALIGN_PARAGRAPH.RIGHT
    centre(d, "SỔ THEO DÕI SỰ KHÔNG PHÙ HỢP")
    files.grid(d, [("STT", "Ngày", "Nội dung", "Người xử lý"), ("1", "", "", "")])
    return files.saved(d), {
        "code": "BM-QT05-02", "title": "SỔ THEO DÕI SỰ KHÔNG PHÙ HỢP",
        "unsure": {"code", "issue_no"},
    }  # fmt: skip


@layout
def a_regulation_with_its_decision_number() -> tuple[bytes, Truth]:
    d = Document()
    files.grid(d, [("UBND XÃ MỸ HỘI\nSố: 15/QC-UBND", ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
                    "Độc lập - Tự do - Hạnh phúc\nMỹ Hội, ngày 03 tháng 5 năm 2024"))])  # fmt: skip
    centre(d, "QUY CHẾ", "Làm việc của Bộ phận Một cửa xã")
    for n, title in enumerate(("Quy định chung", "Nhiệm vụ", "Điều khoản thi hành"), 1):
        centre(d, f"Chương {_roman(n)}", title.upper())
        d.add_paragraph(f"Điều {n}. Nội dung của điều thứ {n}.")
    return files.saved(d), {
        "code": "15/QC-UBND", "title": "Làm việc của Bộ phận Một cửa xã",
        "issued_on": "2024-05-03", "headings": ["Chương I. QUY ĐỊNH CHUNG", "Chương II. NHIỆM VỤ",
                                                  "Chương III. ĐIỀU KHOẢN THI HÀNH"], "says": "Điều 2.",
        "unsure": {"code", "issue_no"},
    }  # fmt: skip


@layout
def one_pair_of_numbers() -> tuple[bytes, Truth]:
    d = Document()
    files.grid(d, [("SỞ Y TẾ", "QUY TRÌNH\nTiếp nhận mẫu xét nghiệm", "Số hiệu: QT.14/XN"),
                   ("", "", "Lần ban hành/sửa đổi: 02/01"), ("", "", "Ngày ban hành: 10.10.2022")])  # fmt: skip
    body(d)
    return files.saved(d), {
        "code": "QT.14/XN", "title": "QUY TRÌNH Tiếp nhận mẫu xét nghiệm", "issue_no": 2, "amendment_no": 1,
        "issued_on": "2022-10-10", "numbers": NUMBERS,
    }  # fmt: skip


@layout
def issued_for_the_nth_time() -> tuple[bytes, Truth]:
    d = Document()
    centre(d, "BAN QUẢN LÝ KHU KINH TẾ", "QUY TRÌNH", "Cấp giấy phép lao động")
    centre(d, "Mã quy trình: QT-LĐ-05", "Ban hành lần thứ: 4", "Sửa đổi lần thứ: 1",
           "Có hiệu lực từ ngày: 01/07/2024", bold=False)  # fmt: skip
    body(d, form="{r}. {H}")
    return files.saved(d), {
        "code": "QT-LĐ-05", "title": "Cấp giấy phép lao động", "issue_no": 4, "amendment_no": 1,
        "issued_on": "2024-07-01", "numbers": NUMBERS, "unsure": {"issued_on"},
    }  # fmt: skip


@layout
def headings_numbered_by_a_word_list() -> tuple[bytes, Truth]:
    d = Document()
    files.grid(d, [("SỞ CÔNG THƯƠNG", "QUY TRÌNH\nCấp phép bán lẻ", ("Mã hiệu: QT-CT-06\n"
                    "Lần ban hành: 01\nNgày ban hành: 08/8/2024"))])  # fmt: skip
    for n, heading in enumerate(SEVEN, 1):
        paragraph = d.add_paragraph(style="List Number")
        paragraph.add_run(heading).bold = True
        d.add_paragraph(f"Đoạn thứ {n} nói việc phải làm.")
    return files.saved(d), {
        "code": "QT-CT-06", "title": "QUY TRÌNH Cấp phép bán lẻ", "issue_no": 1, "issued_on": "2024-08-08",
        "numbers": NUMBERS,
    }  # fmt: skip


@layout
def heading_styles_under_own_names() -> tuple[bytes, Truth]:
    """A procedure in Vietnamese that does use Word's heading styles."""
    d = Document()
    files.grid(d, [("SỞ NGOẠI VỤ", "QUY TRÌNH\nĐón tiếp đoàn khách", ("Mã hiệu: QT-NgV.02\n"
                    "Lần ban hành: 05\nNgày ban hành: 17/02/2025"))])  # fmt: skip
    for n, heading in enumerate(SEVEN, 1):
        d.add_heading(f"{n}. {heading}", 1)
        d.add_heading(f"{n}.1. Chi tiết", 2)
        d.add_paragraph("Phần chi tiết.")
    return files.saved(d), {
        "code": "QT-NgV.02", "title": "QUY TRÌNH Đón tiếp đoàn khách", "issue_no": 5,
        "issued_on": "2025-02-17", "numbers": NUMBERS,
    }  # fmt: skip


@layout
def cover_in_a_text_box() -> tuple[bytes, Truth]:
    d = Document()
    lines = ("CỤC QUẢN LÝ THỊ TRƯỜNG", "QUY TRÌNH", "Kiểm tra cửa hàng", "Mã hiệu: QT-QLTT-01",
             "Lần ban hành: 01", "Ngày ban hành: 06/01/2025")  # fmt: skip
    inner = "".join(
        f"<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>{line}</w:t></w:r></w:p>" for line in lines
    )
    d.add_paragraph()._p.append(parse_xml(
        f'<w:r {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml"><w:pict><v:shape><v:textbox>'
        f"<w:txbxContent>{inner}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    ))  # fmt: skip
    body(d)
    return files.saved(d), {
        "code": "QT-QLTT-01", "title": "Kiểm tra cửa hàng", "issue_no": 1,
        "issued_on": "2025-01-06", "numbers": NUMBERS,
    }  # fmt: skip


@layout
def labels_and_values_side_by_side() -> tuple[bytes, Truth]:
    d = Document()
    centre(d, "ỦY BAN NHÂN DÂN PHƯỜNG MỸ NGÃI")
    files.grid(d, [("Tên quy trình:", "Chứng thực chữ ký", "Mã hiệu:", "QT-TP-09"),
                   ("Lần ban hành:", "01", "Lần sửa đổi:", "00"),
                   ("Ngày ban hành:", "ngày 30 tháng 9 năm 2025", "Số trang:", "12")])  # fmt: skip
    signers(d)
    body(d)
    return files.saved(d), {
        "code": "QT-TP-09", "title": "Chứng thực chữ ký", "issue_no": 1, "amendment_no": 0,
        "issued_on": "2025-09-30", "numbers": NUMBERS, "duties": DUTIES,
    }  # fmt: skip


@layout
def a_title_over_three_lines() -> tuple[bytes, Truth]:
    d = Document()
    centre(d, "SỞ GIÁO DỤC VÀ ĐÀO TẠO", "QUY TRÌNH", "XÉT TUYỂN VIÊN CHỨC", "CÁC TRƯỜNG TRUNG HỌC",
           "TRỰC THUỘC SỞ")  # fmt: skip
    centre(d, "Mã hiệu: QT-SGD-01", "Lần ban hành: 01", "Ngày ban hành: 20/7/2025", bold=False)
    body(d)
    return files.saved(d), {
        "code": "QT-SGD-01", "issue_no": 1, "issued_on": "2025-07-20", "numbers": NUMBERS,
        "title": "XÉT TUYỂN VIÊN CHỨC CÁC TRƯỜNG TRUNG HỌC TRỰC THUỘC SỞ",
    }  # fmt: skip


@layout
def unnumbered_bold_headings() -> tuple[bytes, Truth]:
    d = Document()
    files.grid(d, [("SỞ VĂN HÓA", "QUY TRÌNH\nCấp phép biểu diễn", ("Mã hiệu: QT-VH-08\n"
                    "Lần ban hành: 02\nNgày ban hành: 14/4/2024"))])  # fmt: skip
    body(d, form="{H}")
    return files.saved(d), {
        "code": "QT-VH-08", "title": "QUY TRÌNH Cấp phép biểu diễn", "issue_no": 2,
        "issued_on": "2024-04-14", "numbers": NUMBERS,
    }  # fmt: skip


@layout
def amendments_that_the_cover_forgot() -> tuple[bytes, Truth]:
    """The cover was never updated; the amendment sheet knows better, and a person decides."""
    d = Document()
    files.grid(d, [("SỞ TƯ PHÁP", "QUY TRÌNH\nĐăng ký hộ tịch", ("Mã hiệu: QT-HT-07\n"
                    "Lần ban hành: 01\nNgày ban hành: 01/3/2024"))])  # fmt: skip
    files.bold(d, "TRANG THEO DÕI SỬA ĐỔI TÀI LIỆU")
    files.grid(d, [("STT", "Tóm lược nội dung cần sửa đổi", "Cơ sở pháp lý", "Lần sửa đổi"),
                   ("1", "Bỏ bước 2", "Luật mới", "01"), ("2", "Thêm bước 4", "Góp ý", "02")])  # fmt: skip
    body(d)
    return files.saved(d), {
        "code": "QT-HT-07", "title": "QUY TRÌNH Đăng ký hộ tịch", "issue_no": 1, "amendment_no": 2,
        "issued_on": "2024-03-01", "numbers": NUMBERS, "unsure": {"amendment_no"},
    }  # fmt: skip


@layout
def english_manual_with_heading_styles() -> tuple[bytes, Truth]:
    d = Document()
    d.add_paragraph("Riverside District Office")
    d.add_paragraph("Quality Management Manual", style="Title")
    for line in ("Document No.: QM-001", "Issue: 3", "Revision: 2", "Issue date: 12 March 2024"):
        d.add_paragraph(line)
    for n, heading in enumerate(("Scope", "Context", "Leadership", "Planning", "Support",
                                 "Operation", "Evaluation", "Improvement"), 1):  # fmt: skip
        d.add_heading(f"{n} {heading}", 1)
        d.add_paragraph("What we do about it is written here.")
    return files.saved(d), {
        "code": "QM-001", "title": "Quality Management Manual", "issue_no": 3, "amendment_no": 2,
        "issued_on": "2024-03-12", "numbers": list("12345678"),
    }  # fmt: skip


@layout
def english_procedure_with_a_field_table() -> tuple[bytes, Truth]:
    d = Document()
    centre(d, "Control of Records")
    files.grid(d, [("Document Number", "SOP-REC-04"), ("Version", "2.0"),
                   ("Effective Date", "2023-06-01"), ("Prepared by", "J. Harper"),
                   ("Approved by", "M. Lowe")])  # fmt: skip
    body(d, ("Purpose", "Scope", "References", "Definitions", "Procedure", "Forms", "Records"),
         form="{n}. {H}")  # fmt: skip
    return files.saved(d), {
        "code": "SOP-REC-04", "title": "Control of Records", "issue_no": 2,
        "issued_on": "2023-06-01", "numbers": NUMBERS, "duties": ["author", "approver"],
        "unsure": {"title", "issued_on"},
    }  # fmt: skip


@layout
def german_procedure() -> tuple[bytes, Truth]:
    d = Document()
    files.grid(d, [("Stadtverwaltung Neuheim", "Verfahrensanweisung\nLenkung von Dokumenten",
                    "Dok.-Nr.: VA-07\nRevision: 2\nAusgabedatum: 01.02.2024\nSeite 1 von 5")])  # fmt: skip
    for n, heading in enumerate(("Zweck", "Geltungsbereich", "Begriffe", "Zuständigkeiten",
                                 "Ablauf", "Mitgeltende Unterlagen"), 1):  # fmt: skip
        d.add_heading(f"{n} {heading}", 1)
        d.add_paragraph("Hier steht, was zu tun ist.")
    files.grid(d, [("Erstellt", "Geprüft", "Freigegeben"), ("A. Wolf", "B. Klein", "C. Sommer")])
    return files.saved(d), {
        "code": "VA-07", "title": "Verfahrensanweisung Lenkung von Dokumenten", "issue_no": 2,
        "issued_on": "2024-02-01", "numbers": list("123456"),
    }  # fmt: skip


@layout
def title_in_a_content_control() -> tuple[bytes, Truth]:
    """A modern template: the title stands in a control, the code in a field result."""
    d = Document()
    control = OxmlElement("w:sdt")
    content = OxmlElement("w:sdtContent")
    control.append(content)
    d.element.body.insert(0, control)
    centre(d, "QUY TRÌNH", "Giải quyết khiếu nại lần đầu")
    for paragraph in list(d.element.body.iter(qn("w:p"))):
        content.append(paragraph)
    files.grid(
        d, [("Mã hiệu", "Lần ban hành", "Ngày ban hành"), ("QT-TTr-03", "01", "11/11/2024")]
    )
    signers(d)
    body(d)
    return files.saved(d), {
        "code": "QT-TTr-03", "title": "Giải quyết khiếu nại lần đầu", "issue_no": 1,
        "issued_on": "2024-11-11", "numbers": NUMBERS, "duties": DUTIES,
    }  # fmt: skip


@layout
def only_a_title_and_a_file_name() -> tuple[bytes, Truth]:
    """Nothing but a title: the number is assumed, the title a guess, and both are asked."""
    d = Document()
    files.bold(d, "Quy định về sử dụng phòng họp")
    body(d, ("Quy định chung", "Đăng ký", "Sử dụng"))
    return files.saved(d), {
        "code": "", "title": "Quy định về sử dụng phòng họp", "numbers": list("123"),
        "unsure": {"title", "issue_no"},
    }  # fmt: skip
