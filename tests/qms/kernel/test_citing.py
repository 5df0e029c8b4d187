"""A code is found however it is spaced, whole or not at all; a link changes nothing else."""

import pytest

from qms.kernel.citing import is_code, linked, mentions

CODES = {"QT.01": 1, "QT.01.02": 2, "30/2020/NĐ-CP": 3, "QT-TĐKT-02": 4, "STCL": 5}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("theo QT.01 và QT.01.02", {1: "QT.01", 2: "QT.01.02"}),
        ("QT . 01", {1: "QT . 01"}),
        ("Nghị định 30 / 2020 / NĐ – CP", {3: "30 / 2020 / NĐ – CP"}),
        ("nghị định 30/2020/nđ-cp.", {3: "30/2020/nđ-cp"}),
        ("QT-TÐKT-02", {}),
        ("QT–TĐKT–02", {4: "QT–TĐKT–02"}),
        ("(QT.01), xem", {1: "QT.01"}),
        ("STCL nói; stcl là một từ", {5: "STCL"}),
        ("QT.011, BM.QT.01, QT.01a, AQT.01, QT.01/SNV", {}),
        ("130/2020/NĐ-CP và 30/2020/NĐ-CPX", {}),
        ("", {}),
    ],
)
def test_whole_codes_only_in_any_spacing(text, found):
    assert mentions(text, CODES) == found


def test_a_word_or_a_number_is_no_code():
    assert not any(is_code(word) for word in ("", "01", "QT", "Quy", "so", "12/2020"))
    assert is_code("QT.1")


def test_a_link_is_put_into_text_only_and_everything_is_escaped():
    links = {"QT.01": ('/documents/1/?a="b"&c', 'Kiểm <soát> "x"')}
    html = '<p title="QT.01">Xem QT.01 &lt;b&gt; &amp; QT.01.02 <a href="/x">QT.01</a></p>'

    told = linked(html, links)
    assert told == (
        '<p title="QT.01">Xem <a class="ref" href="/documents/1/?a=&quot;b&quot;&amp;c" '
        'title="Kiểm &lt;soát&gt; &quot;x&quot;">QT.01</a> &lt;b&gt; &amp; QT.01.02 '
        '<a href="/x">QT.01</a></p>'
    )
    assert linked(html, {}) == html
