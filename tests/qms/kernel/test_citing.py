"""A code in a text is found whole, however it is spaced, and never inside a longer one."""

import pytest

from qms.kernel.citing import linked, mentions

CODES = {
    "QT-01": 1, "QT-01.BM02": 2, "30/2020/NĐ-CP": 3, "101/QĐ-BKHCN": 4, "STCL": 5,
    "QT 01/CX-HCTP": 6, "TCVN ISO 9001:2015": 7,
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Theo QT-01, mục 5.", {1}),
        ("(QT - 01)", {1}),
        ("qt–01.", {1}),
        ("QT-01.BM02;", {2}),
        ("QT-011, BM.QT-01, QT-01/02, AQT-01", set()),
        ("Nghị định số 30 / 2020 / NĐ - CP ngày 05/3/2020", {3}),
        ("Nghị định 30/2020/ND-CP", {3}),
        ("130/2020/NĐ-CP và 30/2020/NĐ-CPX", set()),
        ("2101/QĐ-BKHCN", set()),
        ("Sổ tay STCL; stcl", {5}),
        ("QT01/CX-HCTP", {6}),
        ("TCVN ISO 9001:2015, điều 7.5", {7}),
        ("TCVN ISO 9001:2015/SĐ1", set()),
        ("QT-01 và QT-01.BM02 và 101/QĐ-BKHCN", {1, 2, 4}),
    ],
)
def test_what_a_text_names(text, found):
    assert set(mentions(text, CODES)) == found


def test_what_is_no_code_names_nothing():
    assert mentions("Mục 01, QT, quy trình", {"01": 1, "QT": 2, "trình": 3}) == {}


def test_only_text_becomes_a_link_and_everything_put_in_is_escaped():
    html = (
        '<p title="QT-01">Theo QT-01 &amp; &lt;QT-01&gt; '
        '<a href="https://a/QT-01">QT-01</a> <strong>QT - 01</strong></p>'
    )
    links = {"QT-01": ("/documents/1/", '"><script>alert(1)</script>')}

    told = linked(html, links)
    assert told.count('<a class="ref" href="/documents/1/"') == 3
    assert '<p title="QT-01">' in told
    assert '<a href="https://a/QT-01">QT-01</a>' in told
    assert "&amp; &lt;<a" in told
    assert "<script>" not in told


def test_a_text_without_codes_stays_as_it_was():
    html = "<p>A &amp; B &nbsp; “c” 'd'</p>"
    assert linked(html, {"QT-01": ("/", "x")}) == html
    assert linked(html, {}) == html


def test_a_long_text_and_many_codes_take_no_time():
    """700 codes and 200,000 letters; a pattern that goes back and forth would never end."""
    codes = {f"QT-{n:03d}.BM-{n:03d}": n for n in range(700)}
    text = "QT-" * 20_000 + " Theo QT-699.BM-699 " + "0/0/" * 30_000

    assert mentions(text, codes) == {699: "QT-699.BM-699"}
