"""The words by which agencies label things on a procedure: compared folded, letter by letter.

Data and matching only; what is done with a match is said where it is read (cover, signatures, amendments).
"""

import datetime as dt
import re
import unicodedata

CODE = r"(?:(?:ma hieu|ma so|so hieu|ky hieu|ma)(?: (?:tai lieu|quy trinh|van ban))|ma hieu|ma so|ma qt|so hieu|ky hieu|(?:document|doc\.?|procedure|sop) ?(?:no|number|code|id|nr)\.?|dokument(?:en)?-?nr\.?|code)"
ISSUE = r"(?:lan ban hanh|ban hanh lan(?: thu)?|phien ban|issue(?: no\.?| number)?|revision(?: no\.?| number)?|rev\.?|version(?: no\.?| number)?|ausgabe)"
AMENDMENT = r"(?:lan sua doi|sua doi lan(?: thu)?|lan soat xet|amendment(?: no\.?| number)?)"
ISSUED = r"(?:ngay ban hanh|ban hanh ngay|date of issue|issue date|issued(?: on)?|release date|ausgabedatum)"
EFFECTIVE = r"(?:ngay (?:co )?hieu luc|hieu luc tu ngay|effective(?: date| from)?|gultig ab|date)"
TITLE = r"(?:ten quy trinh|ten tai lieu|ten thu tuc|tieu de|title|document title|titel)"
PAGE = r"(?:trang(?: so)?|page|seite)"
_AFTER = r"\s*(?P<sign>[:：.\-–]?)\s*"

KINDS = {
    "quy trinh", "quy trinh noi bo", "quy trinh giai quyet thu tuc hanh chinh", "thu tuc",
    "so tay chat luong", "huong dan", "huong dan cong viec", "quy dinh", "quy che", "bieu mau",
    "quy trinh he thong", "procedure", "standard operating procedure", "work instruction",
    "quality manual", "qt", "policy",
}  # fmt: skip
# Kinds of which an agency has one: the kind is the title, too.
TITLES = {"so tay chat luong", "quality manual"}

# The seven parts of a procedure: words a heading begins with, and whole headings.
SECTIONS: dict[str, tuple[str, ...]] = {
    "1": ("muc dich", "purpose", "objective", "zweck"),
    "2": ("pham vi", "doi tuong ap dung", "scope", "geltungsbereich", "applicability"),
    "3": ("tai lieu vien dan", "tai lieu tham chieu", "can cu phap ly", "can cu", "tai lieu lien quan",
          "references", "reference", "normative references", "mitgeltende"),
    "4": ("dinh nghia", "thuat ngu", "tu viet tat", "viet tat", "giai thich tu ngu", "definitions",
          "terms", "abbreviations", "begriffe"),
    "5": ("noi dung", "procedure", "quy trinh thuc hien", "trinh tu thuc hien", "process", "ablauf"),
    "6": ("bieu mau", "mau bieu", "phu luc bieu mau", "forms", "form"),
    "7": ("ho so", "luu tru ho so", "luu ho so", "luu tru", "records", "record"),
}  # fmt: skip
_WHOLE = {
    "muc dich", "pham vi", "pham vi ap dung", "pham vi va doi tuong ap dung", "doi tuong ap dung",
    "tai lieu vien dan", "tai lieu vien dan, can cu phap ly", "can cu phap ly", "dinh nghia",
    "dinh nghia va viet tat", "dinh nghia/viet tat", "dinh nghia, viet tat", "thuat ngu va dinh nghia",
    "thuat ngu, dinh nghia", "dinh nghia va tu viet tat", "giai thich tu ngu", "thuat ngu va viet tat",
    "noi dung", "noi dung quy trinh", "noi dung thuc hien", "bieu mau", "bieu mau kem theo",
    "ho so", "ho so luu", "ho so can luu", "ho so luu tru", "luu ho so", "luu tru ho so",
    "purpose", "scope", "references", "definitions", "procedure", "forms", "records",
    "purpose and scope", "definitions and abbreviations", "terms and definitions",
}  # fmt: skip
DUTIES = {
    "author": ("soan thao", "nguoi soan", "bien soan", "nguoi lap", "prepared", "author", "written",
               "erstellt"),
    "reviewer": ("xem xet", "soat xet", "kiem tra", "tham dinh", "reviewed", "reviewer", "checked",
                 "gepruft"),
    "approver": ("phe duyet", "nguoi duyet", "duyet", "approved", "approver", "approval", "freigegeben",
                 "authorized"),
}  # fmt: skip
NAME = ("ho ten", "ho va ten", "ten", "name")
POSITION = ("chuc vu", "chuc danh", "position", "title", "function", "funktion")
_MONTHS = ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"]  # fmt: skip
_DATES = (
    re.compile(
        r"(?<!\d)(?P<d>\d{1,2})\s*[/.\-]\s*(?P<m>\d{1,2})\s*[/.\-]\s*(?P<y>\d{4}|\d{2})(?!\d)"
    ),
    re.compile(r"(?<!\d)(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})(?!\d)"),
    re.compile(r"ngay\s*(?P<d>\d{1,2})\s*thang\s*(?P<m>\d{1,2})\s*nam\s*(?P<y>\d{4})"),
    re.compile(r"(?P<d>\d{1,2})(?:st|nd|rd|th)?\s+(?P<month>[a-z]{3,9})\.?,?\s+(?P<y>\d{4})"),
    re.compile(r"(?P<month>[a-z]{3,9})\.?\s+(?P<d>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<y>\d{4})"),
)


def flat(text: str) -> str:
    """`text` folded letter by letter: same length, so that places can be carried over."""
    return "".join(_plain(character) for character in text)


def _plain(character: str) -> str:
    base = unicodedata.normalize("NFD", character)[0].lower()
    return "d" if base in "đ" else base if len(base) == 1 else character


def after(label: str, line: str) -> str | None:
    """What follows `label` at the beginning of `line`; "" when nothing does; None: no label.

    Without a sign between them, only something with a digit is a value: "Trang bị bảo hộ"
    and "Phiên bản điện tử" are words, "Lần ban hành 01" is not. Titles need no digit.
    """
    folded = flat(line)
    match = re.match(rf"\s*(?:{label})(?![a-z]){_AFTER}", folded)
    if match is None:
        return None
    rest = folded[match.end() :]
    worded = re.search(r"[a-z]", rest) and not re.search(r"\d", rest)
    if worded and not match["sign"] and label != TITLE:
        return None
    return line[match.end() :].strip()


def dates_in(text: str) -> list[dt.date]:
    """Every date written in `text`, in the order of writing; impossible ones are no dates."""
    folded, found = flat(text), []
    for pattern in _DATES:
        for match in pattern.finditer(folded):
            date = _date(match)
            if date is not None:
                found.append((match.start(), date))
    return [date for _start, date in sorted(set(found))]


def _date(match: re.Match[str]) -> dt.date | None:
    said = match.groupdict()
    if said.get("month"):
        names = [n for n, month in enumerate(_MONTHS, 1) if month.startswith(said["month"][:3])]
        if not names:
            return None
        month = names[0]
    else:
        month = int(said["m"])
    year = int(said["y"])
    try:
        return dt.date(year + 2000 if year < 100 else year, month, int(said["d"]))
    except ValueError:
        return None


def section_of(title: str, *, numbered: bool) -> str:
    """The number of the standard part that `title` names, or "".

    Without a number before it only a whole, well-known heading counts: inside the text
    many lines merely begin with such words.
    """
    folded = re.sub(r"\s+", " ", flat(title)).strip(" .:;-–")
    if not numbered and folded not in _WHOLE:
        return ""
    for number, words in SECTIONS.items():
        if any(re.match(rf"{re.escape(word)}(?![a-z])", folded) for word in words):
            return number
    return ""


def duty_of(text: str) -> str:
    """The duty that a table head names, or ""."""
    folded = re.sub(r"\s+", " ", flat(text)).strip(" .:*()")
    if len(folded) > 40:
        return ""
    for duty, words in DUTIES.items():
        if folded.removeprefix("nguoi ").startswith(words) or folded.startswith(words):
            return duty
    return ""


def begins(text: str, words: tuple[str, ...]) -> bool:
    folded = re.sub(r"\s+", " ", flat(text)).strip(" .:*(")
    return any(re.match(rf"{re.escape(word)}(?![a-z])", folded) for word in words)
