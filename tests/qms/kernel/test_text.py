"""One form for text that is kept, one for text that is compared."""

import unicodedata

import pytest

from qms.kernel.text import code_key, fold, nfc, one_line

BASE = "aăâeêioôơuưy"
TONES = ["", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"]
VOWELS = [unicodedata.normalize("NFC", letter + tone) for letter in BASE for tone in TONES]
LETTERS = [form for letter in [*VOWELS, "đ"] for form in (letter, letter.upper())]
PLAIN = dict(zip("ăâêôơưđ", "aaeooud", strict=True))


def test_there_are_134_letters_beyond_ascii():
    assert len({letter for letter in LETTERS if not letter.isascii()}) == 134


@pytest.mark.parametrize("letter", LETTERS)
def test_every_letter_is_kept_as_one_and_compared_without_its_marks(letter):
    apart = unicodedata.normalize("NFD", letter)
    bare = apart[0].lower()

    assert nfc(apart) == nfc(letter) == letter
    assert len(nfc(apart)) == 1
    assert fold(apart) == fold(letter) == PLAIN.get(bare, bare)


@pytest.mark.parametrize(("typed", "compared"), [
    ("Đường Đỗ Đức Đạt", "duong do duc dat"), ("đĐ", "dd"), ("Ðà Nẵng", "ða nang"),
    ("  Hoà\u00a0\t Bình\n", "hoa binh"), ("Thuỷ", "thuy"), ("NGHỊ ĐỊNH 30/2020/NĐ-CP", "nghi dinh 30/2020/nd-cp"),
    ("", ""), ("\u200b", ""), ("ẞ", "ss"),
])  # fmt: skip
def test_fold_makes_equal_what_people_take_for_equal(typed, compared):
    assert fold(typed) == compared
    assert fold(fold(typed)) == fold(typed)


def test_nfc_keeps_lines_and_tabs_and_takes_what_nobody_can_see():
    assert nfc("a\r\n\tb") == "a\r\n\tb"
    assert nfc("\ufeffa\u200bb\x00c\x1b[1m\u2060\u200d") == "abc[1m"


def test_nfc_composes_what_was_parted_by_something_invisible_once_it_is_gone():
    assert nfc(nfc("e\u200b\u0302\u0301")) == nfc("e\u200b\u0302\u0301") == "ế"


def test_one_line_is_one_line():
    assert one_line(" Kiểm  soát\r\n\ttài\u00a0liệu \u2028 ") == "Kiểm soát tài liệu"
    assert one_line("\n") == ""


@pytest.mark.parametrize("same", [
    ("QT-03", "qt-03", " QT - 03 ", "Qt-\u200b03"), ("QĐ 07/VP", "qd07/vp", "QĐ\u00a007 / VP"),
])  # fmt: skip
def test_a_code_is_the_same_however_it_is_spaced_and_cased(same):
    assert len({code_key(code) for code in same}) == 1


def test_codes_that_differ_in_a_sign_stay_two():
    assert code_key("QT-1.2") != code_key("QT-12")
    assert code_key("QT-03") != code_key("QT-30")
