"""Passages of a text stay for the agencies they are meant for, and go whole for the others."""

import pytest

from qms.library.passages import chosen, faults

COMMUNE, DEPARTMENT = "commune", "department"


@pytest.mark.parametrize(("html", "commune", "department"), [
    ("<p>a {{#xa_phuong}}xã{{/xa_phuong}}{{^xa_phuong}}sở{{/xa_phuong}} b</p>",
     "<p>a xã b</p>", "<p>a sở b</p>"),
    ("<p>{{#so}}</p><p>1</p><table><tr><td>2</td></tr></table><p>{{/so}}</p><p>3</p>",
     "<p>3</p>", "<p>1</p><table><tr><td>2</td></tr></table><p>3</p>"),
    ("<ul><li>{{#so}}một{{/so}}</li><li>hai</li></ul>",
     "<ul><li>hai</li></ul>", "<ul><li>một</li><li>hai</li></ul>"),
    ("<table><tr><td>{{#so}}a{{/so}}</td><td>{{#so}}b{{/so}}</td></tr><tr><td></td></tr></table>",
     "<table><tr><td></td></tr></table>",
     "<table><tr><td>a</td><td>b</td></tr><tr><td></td></tr></table>"),
    ("<table><tr><td>{{#so}}a{{/so}}</td><td>c</td></tr></table>",
     "<table><tr><td></td><td>c</td></tr></table>",
     "<table><tr><td>a</td><td>c</td></tr></table>"),
])  # fmt: skip
def test_a_passage_is_kept_for_its_kind_only(html, commune, department):
    assert faults([html]) == []
    assert chosen(html, COMMUNE) == commune
    assert chosen(html, DEPARTMENT) == department


@pytest.mark.parametrize(("html", "said"), [
    ("<p>{{#so}}a</p>", "chưa đóng"),
    ("<p>{{/so}}a</p>", "không có dấu mở"),
    ("<p>{{#so}}a{{/chi_cuc}}</p>", "không có dấu mở"),
    ("<p>{{#so}}a</p><p>b{{/so}}</p>", "không cùng cấp"),
    ("<p>{{#so}}{{#chi_cuc}}a{{/chi_cuc}}{{/so}}</p>", "nằm trong đoạn khác"),
    ("<p>{{#hanh_tinh}}a{{/hanh_tinh}}</p>", "không có trong danh mục"),
    ("<p>{{#so}}</p><ul><li>a<p>{{/so}}</p></li></ul>", "không cùng cấp"),
])  # fmt: skip
def test_marks_that_do_not_fit_are_told_and_the_text_stays(html, said):
    assert any(said in fault for fault in faults([html]))
    assert chosen(html, COMMUNE) == html
