"""A decision as LibreOffice shows it: where that is installed, since people open it there too."""

import datetime as dt
import shutil
import subprocess

import pytest

from qms.kernel.decree import Decree, ended, long_day
from qms.word.decree import decree_docx
from tests.pdf import pages_of

ROWS = tuple(
    (str(n), f"QT-{n:02d}", f"Quy trình {n}", "01", "00", "01/12/2026") for n in range(1, 70)
)


def decree(**fields) -> Decree:
    values = {
        "parent_name": "Ủy ban nhân dân tỉnh Đồng Tháp", "agency_name": "Sở Nội vụ", "symbol": "QĐ-SNV",
        "number": None, "place": "Đồng Tháp", "dated_on": None, "subject": "Về việc ban hành tài liệu",
        "issuer": "GIÁM ĐỐC SỞ NỘI VỤ", "grounds": ended(["Căn cứ một", "Căn cứ hai"]),
        "articles": ("Ban hành.", "Thi hành."), "signer": ("GIÁM ĐỐC",), "signer_name": "Nguyễn Văn Dũng",
        "recipients": ended(["Như Điều 2", "Lưu: VT"]), "annex_title": "DANH MỤC TÀI LIỆU",
        "head": ("TT", "Mã hiệu", "Tên tài liệu", "Lần ban hành", "Lần sửa đổi", "Ngày hiệu lực"),
        "rows": ROWS,
    } | fields  # fmt: skip
    return Decree(**values)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_shows_the_form_of_the_decree(tmp_path):
    (tmp_path / "a.docx").write_bytes(decree_docx(decree()))
    subprocess.run(  # noqa: S603
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to",  # noqa: S607
         "pdf", "--outdir", str(tmp_path), str(tmp_path / "a.docx")],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    pages = pages_of((tmp_path / "a.pdf").read_bytes())

    assert pages[0].startswith("ỦY BAN NHÂN DÂN TỈNH")  # no number on the first page
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc" in pages[0]
    assert pages[1].startswith("Phụ lục DANH MỤC")
    assert pages[2].startswith("2 TT Mã hiệu")  # the annex counts anew, its head repeats


def test_days_and_numbers_below_ten_have_their_nought():
    assert long_day(dt.date(2027, 1, 5)) == "ngày 05 tháng 01 năm 2027"
    assert long_day(dt.date(2026, 11, 24)) == "ngày 24 tháng 11 năm 2026"
    assert long_day(dt.date(2026, 3, 9)) == "ngày 09 tháng 3 năm 2026"
    assert decree(number=5).number_line == "05/QĐ-SNV"
    assert decree(number=105).number_line == "105/QĐ-SNV"


def test_room_is_left_for_what_the_clerk_office_writes():
    open_ = decree()
    assert open_.number_line.endswith("/QĐ-SNV")
    assert not open_.number_line.strip("\u00a0").startswith("0")
    assert open_.annex_line.endswith("của Giám đốc Sở Nội vụ)")


def test_each_line_ends_as_it_should_whatever_was_typed():
    assert ended(["một ;", "", " hai.", "ba"]) == ("một;", " hai;", "ba.")
