"""Prepared cases for the three-way merge: base, province, ours, and what must come of it.

A text is a list of sections "number. title| html"; `outcomes` are those of the merged
sections in order, `text` what is left when each conflict is settled by `choice` (ours), and
`conflicts` how many there are.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Case:
    name: str
    base: tuple[str, ...]
    province: tuple[str, ...]
    ours: tuple[str, ...]
    outcomes: str
    text: tuple[str, ...]
    conflicts: int = 0
    choice: str = "ours"


def p(*lines: str) -> str:
    return "".join(f"<p>{line}</p>" for line in lines)


def ul(*lines: str) -> str:
    return "<ul>" + "".join(f"<li>{line}</li>" for line in lines) + "</ul>"


def table(*rows: str) -> str:
    body = "".join(
        "<tr>" + "".join(f"<td>{cell}</td>" for cell in row.split("|")) + "</tr>" for row in rows
    )
    return f"<table><tbody>{body}</tbody></table>"


A, B, C = "Công chức nhận hồ sơ", "Trưởng phòng soát xét", "Chủ tịch ký duyệt"
A2, B2, C2 = "Công chức nhận hồ sơ ngay", "Trưởng phòng soát xét kỹ", "Chủ tịch ký duyệt số"
A3 = "Công chức nhận hồ sơ trong giờ"
NEW, OWN = "Gửi tin nhắn cho người dân biết", "Dán thông báo tại nhà văn hóa ấp"


def one(html: str) -> tuple[str, ...]:
    return (f"1. Mục đích|{html}",)


def text_case(name, base, province, ours, outcome, text, conflicts=0, choice="ours") -> Case:
    return Case(name, one(base), one(province), one(ours), outcome, one(text), conflicts, choice)


ABC = p(A, B, C)
TEXTS = [
    text_case("nobody changed", ABC, ABC, ABC, "same", ABC),
    text_case("only the province changed", ABC, p(A2, B, C), ABC, "taken", p(A2, B, C)),
    text_case("only we changed", ABC, ABC, p(A, B2, C), "kept", p(A, B2, C)),
    text_case("both the same", ABC, p(A2, B, C), p(A2, B, C), "merged", p(A2, B, C)),
    text_case("different blocks", ABC, p(A2, B, C), p(A, B, C2), "merged", p(A2, B, C2)),
    text_case("neighbouring blocks", ABC, p(A2, B, C), p(A, B2, C), "merged", p(A2, B2, C)),
    text_case("the same block, ours", ABC, p(A2, B, C), p(A3, B, C), "conflict", p(A3, B, C), 1),
    text_case("the same block, theirs", ABC, p(A2, B, C), p(A3, B, C), "conflict",
              p(A2, B, C), 1, "province"),
    text_case("two conflicts", ABC, p(A2, B, C2), p(A3, B, "Chủ tịch ký duyệt giấy"), "conflict",
              p(A3, B, "Chủ tịch ký duyệt giấy"), 2),
    text_case("conflict and clean side by side", ABC, p(A2, B2, C), p(A3, B, C2), "conflict",
              p(A3, B2, C2), 1),
    text_case("province adds at the end", ABC, p(A, B, C, NEW), p(A2, B, C), "merged",
              p(A2, B, C, NEW)),
    text_case("we add at the beginning", ABC, p(A, B, C2), p(OWN, A, B, C), "merged",
              p(OWN, A, B, C2)),
    text_case("both add at one place", ABC, p(A, NEW, B, C), p(A, OWN, B, C), "merged",
              p(A, NEW, OWN, B, C)),
    text_case("both add the same", ABC, p(A, B, C, NEW), p(A, B, C, NEW), "merged",
              p(A, B, C, NEW)),
    text_case("both add nearly the same", ABC, p(A, B, C, NEW), p(A, B, C, NEW + " nhé"),
              "conflict", p(A, B, C, NEW + " nhé"), 1),
    text_case("province deletes, we left it", ABC, p(A, C), p(A, B, C2), "merged", p(A, C2)),
    text_case("we delete, province left it", ABC, p(A2, B, C), p(A, C), "merged", p(A2, C)),
    text_case("province deletes what we changed", ABC, p(A, C), p(A, B2, C), "conflict",
              p(A, B2, C), 1),
    text_case("we delete what the province changed", ABC, p(A, B2, C), p(A, C), "conflict",
              p(A, C), 1),
    text_case("we delete what the province changed, theirs", ABC, p(A, B2, C), p(A, C), "conflict",
              p(A, B2, C), 1, "province"),
    text_case("both delete", ABC, p(A, C), p(A, C), "merged", p(A, C)),
    text_case("everything new on both sides", p(A), p(NEW), p(OWN), "merged", p(NEW, OWN)),
    text_case("formatting is a change", ABC, ABC, p(f"<strong>{A}</strong>", B, C), "kept",
              p(f"<strong>{A}</strong>", B, C)),
    text_case("formatting of ours survives", ABC, p(A, B, C2), p(f"<strong>{A}</strong>", B, C),
              "merged", p(f"<strong>{A}</strong>", B, C2)),
    text_case("formatting against words", ABC, p(A2, B, C), p(f"<strong>{A}</strong>", B, C),
              "conflict", p(f"<strong>{A}</strong>", B, C), 1),
    text_case("blanks are no change", ABC, p(A2, B, C), "<p>" + A + " </p>\n<p>" + B + "</p><p>"
              + C.replace(" ", "&nbsp;", 1) + "</p>", "taken", p(A2, B, C)),
    text_case("a heading is a block", "<h3>Bước</h3>" + ABC, "<h3>Các bước</h3>" + ABC,
              "<h3>Bước</h3>" + p(A2, B, C), "merged", "<h3>Các bước</h3>" + p(A2, B, C)),
    text_case("a picture of ours stays", ABC, p(A2, B, C),
              ABC + '<p><img src="asset:' + "a" * 64 + '" alt="Sơ đồ"></p>', "merged",
              p(A2, B, C) + '<p><img src="asset:' + "a" * 64 + '" alt="Sơ đồ"></p>'),
    text_case("list: different items", ul(A, B, C), ul(A2, B, C), ul(A, B, C2), "merged",
              ul(A2, B, C2)),
    text_case("list: both add", ul(A, B), ul(A, B, NEW), ul(OWN, A, B), "merged",
              ul(OWN, A, B, NEW)),
    text_case("list: the same item", ul(A, B), ul(A2, B), ul(A3, B), "conflict", ul(A3, B), 1),
    text_case("list: one becomes paragraphs", ul(A, B), p(A, B), ul(A, B2), "conflict",
              ul(A, B2) + p(B), 1),
    text_case("table: province adds a row, we edit another",
              table("1|" + A, "2|" + B), table("1|" + A, "2|" + B, "3|" + NEW),
              table("1|" + A2, "2|" + B), "merged", table("1|" + A2, "2|" + B, "3|" + NEW)),
    text_case("table: different rows", table("1|" + A, "2|" + B), table("1|" + A2, "2|" + B),
              table("1|" + A, "2|" + B2), "merged", table("1|" + A2, "2|" + B2)),
    text_case("table: one row, both", table("1|" + A, "2|" + B), table("1|" + A2, "2|" + B),
              table("1|" + A3, "2|" + B), "conflict", table("1|" + A3, "2|" + B), 1),
    text_case("table: a column more, we left it", table("1|" + A), table("1|" + A + "|x"),
              table("1|" + A), "taken", table("1|" + A + "|x")),
    text_case("table: a column more, we edited", table("1|" + A, "2|" + B),
              table("1|" + A + "|x", "2|" + B + "|y"), table("1|" + A2, "2|" + B), "conflict",
              table("1|" + A2, "2|" + B), 1),
    text_case("table: a row deleted, another edited", table("1|" + A, "2|" + B, "3|" + C),
              table("1|" + A, "3|" + C), table("1|" + A, "2|" + B, "3|" + C2), "merged",
              table("1|" + A, "3|" + C2)),
    text_case("a filled slot stays", p("Điện thoại: 0277 3 111 222", A),
              p("Điện thoại: 0277 3 111 222", A2), p("Điện thoại: 0277 3 111 222", A), "taken",
              p("Điện thoại: 0277 3 111 222", A2)),
    text_case("a filled slot changed by hand stays", p("Điện thoại: 0277 3 111 222", A),
              p("Điện thoại: 0277 3 111 222", A2), p("Điện thoại: 0277 3 999 888", A), "merged",
              p("Điện thoại: 0277 3 999 888", A2)),
]  # fmt: skip

S1, S2, S3 = f"1. Mục đích|{p(A)}", f"2. Phạm vi|{p(B)}", f"3. Nội dung|{p(C)}"
SECTIONS = [
    Case("sections: each side changes another", (S1, S2, S3), (f"1. Mục đích|{p(A2)}", S2, S3),
         (S1, S2, f"3. Nội dung|{p(C2)}"), "taken same kept",
         (f"1. Mục đích|{p(A2)}", S2, f"3. Nội dung|{p(C2)}")),
    Case("sections: province adds one in the middle", (S1, S2), (S1, f"2. Mới|{p(NEW)}", f"3. Phạm vi|{p(B)}"),
         (S1, f"2. Phạm vi|{p(B2)}"), "same added_by_province kept",
         (S1, f"2. Mới|{p(NEW)}", f"3. Phạm vi|{p(B2)}")),
    Case("sections: we have one more", (S1, S2), (S1, f"2. Phạm vi|{p(B2)}"),
         (S1, f"1a. Riêng của xã|{p(OWN)}", S2), "same added_by_us taken",
         (S1, f"1a. Riêng của xã|{p(OWN)}", f"2. Phạm vi|{p(B2)}")),
    Case("sections: province drops one we left", (S1, S2, S3), (S1, f"2. Nội dung|{p(C)}"),
         (S1, S2, S3), "same dropped_by_province same", (S1, f"2. Nội dung|{p(C)}")),
    Case("sections: province drops one we changed", (S1, S2), (S1,), (S1, f"2. Phạm vi|{p(B2)}"),
         "same conflict", (S1, f"2. Phạm vi|{p(B2)}"), 1),
    Case("sections: province drops one we changed, theirs", (S1, S2), (S1,),
         (S1, f"2. Phạm vi|{p(B2)}"), "same conflict", (S1,), 1, "province"),
    Case("sections: we dropped one the province left", (S1, S2, S3), (S1, S2, f"3. Nội dung|{p(C2)}"),
         (S1, S3), "same dropped_by_us taken", (S1, f"3. Nội dung|{p(C2)}")),
    Case("sections: we dropped one the province changed", (S1, S2), (S1, f"2. Phạm vi|{p(B2)}"),
         (S1,), "same conflict", (S1,), 1),
    Case("sections: both dropped", (S1, S2), (S1,), (S1,), "same dropped_by_us", (S1,)),
    Case("sections: province moves one", (S1, S2, S3), (S1, f"2. Nội dung|{p(C)}", f"3. Phạm vi|{p(B)}"),
         (f"1. Mục đích|{p(A2)}", S2, S3), "kept same same",
         (f"1. Mục đích|{p(A2)}", f"2. Nội dung|{p(C)}", f"3. Phạm vi|{p(B)}")),
    Case("sections: we moved one", (S1, S2, S3), (f"1. Mục đích|{p(A2)}", S2, S3),
         (S1, f"2. Nội dung|{p(C)}", f"3. Phạm vi|{p(B)}"), "taken same same",
         (f"1. Mục đích|{p(A2)}", f"2. Nội dung|{p(C)}", f"3. Phạm vi|{p(B)}")),
    Case("sections: province renames", (S1,), (f"1. Mục đích, yêu cầu|{p(A)}",),
         (f"1. Mục đích|{p(A2)}",), "merged", (f"1. Mục đích, yêu cầu|{p(A2)}",)),
    Case("sections: both rename", (S1,), (f"1. Mục đích chung|{p(A)}",),
         (f"1. Mục đích của xã|{p(A)}",), "conflict", (f"1. Mục đích của xã|{p(A)}",), 1),
    Case("sections: both add one of the same title", (S1,), (S1, f"2. Phạm vi|{p(NEW)}"),
         (S1, f"2. Phạm vi|{p(OWN)}"), "same merged", (S1, f"2. Phạm vi|{p(NEW, OWN)}")),
]  # fmt: skip
CASES = [*TEXTS, *SECTIONS]
