"""The words by which agencies label things on a procedure: compared folded, letter by letter.

Data and matching only; what is done with a match is said where it is read (cover, signatures, amendments).
"""

import datetime as dt
import re
import unicodedata

from qms.kernel.text import nfc

CODE = r"(?:(?:ma hieu|ma so|so hieu|ky hieu|ma)(?: (?:tai lieu|quy trinh|van ban|bieu mau))|ma (?:tl|qt|bm)|ma hieu|ma so|so hieu|ky hieu|(?:document|doc\.?|procedure|sop|form) ?(?:no|number|code|id|nr)\.?|dok(?:ument(?:en)?)?\.?-?nr\.?|code)"
ISSUE = r"(?:lan ban hanh(?: thu)?|ban hanh lan(?: thu)?|lan bh|phien ban|issue(?: no\.?| number)?|ausgabe)"
AMENDMENT = r"(?:lan sua doi(?: thu)?|sua doi lan(?: thu)?|lan sd|lan soat xet|soat xet lan(?: thu)?|amendment(?: no\.?| number)?)"
REVISION = r"(?:revision(?: no\.?| number)?|rev\.?|version(?: no\.?| number)?)"
ISSUED = r"(?:ngay ban hanh|ngay bh|ban hanh ngay|date of issue|issue date|issued(?: on)?|release date|ausgabedatum)"
EFFECTIVE = r"(?:ngay (?:co )?hieu luc|(?:co )?hieu luc tu(?: ngay)?|hieu luc(?= *:)|ngay ap dung|ap dung tu ngay|effective(?: date| from)?|gultig ab|date)"
TITLE = (
    r"(?:ten quy trinh|ten tai lieu|ten thu tuc|ten bieu mau|tieu de|title|document title|titel)"
)
PAGE = r"(?:trang(?: so)?|so trang|tong so trang|page|seite)"
_AFTER = r"\s*(?P<sign>[:：.\-–]?)\s*"

KINDS = {
    "quy trinh", "quy trinh noi bo", "quy trinh giai quyet thu tuc hanh chinh", "thu tuc",
    "so tay chat luong", "huong dan", "huong dan cong viec", "quy dinh", "quy che", "bieu mau",
    "quy trinh he thong", "procedure", "standard operating procedure", "work instruction",
    "quality manual", "qt", "policy", "quy trinh tac nghiep", "quy trinh noi bo giai quyet thu tuc hanh chinh",
    "verfahrensanweisung", "arbeitsanweisung", "nghi dinh", "thong tu", "quyet dinh", "chi thi", "luat",
}  # fmt: skip
# Kinds of which an agency has one: the kind is the title, too.
TITLES = {"so tay chat luong", "quality manual"}

# Words with which the name of a form or a register begins.
FORMS = ("phieu", "so theo doi", "so dang ky", "bien ban", "danh muc", "danh sach", "giay", "don", "to khai",
         "bao cao", "ke hoach", "bang")  # fmt: skip
# What most codes of controlled documents begin with.
_CODED = re.compile(
    r"(?:QT|BM|HD|QĐ|QC|STCL|CSCL|MTCL|PL|MB|SOP|QM|QP|WI|VA|FM)"
    r"(?:[.\-/ ]?[A-ZĐa-z]{1,8}(?=[.\-/ \d]))?(?:[.\-/ ]?\d{1,3})(?:[.\-/][0-9A-ZĐ]{1,10})*"
)

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
    "author": ("soan thao", "nguoi soan", "bien soan", "nguoi lap", "nguoi viet", "prepared", "author", "written",
               "erstellt"),
    "reviewer": ("xem xet", "soat xet", "kiem tra", "tham dinh", "reviewed", "reviewer", "checked",
                 "gepruft"),
    "approver": ("phe duyet", "nguoi duyet", "duyet", "approved", "approver", "approval", "freigegeben",
                 "authorized"),
}  # fmt: skip
NAME = ("ho ten", "ho va ten", "ten", "name")
POSITION = ("chuc vu", "chuc danh", "position", "title", "function", "funktion")
# How a position begins; a name of a person does not.
POSITIONS = ("chuyen vien", "thu ky", "pho", "truong phong", "truong ban", "giam doc", "chu tich", "chanh", "chi cuc", "cuc truong",
             "can bo", "cong chuc", "nhan vien", "van thu", "vien chuc", "ke toan", "director", "manager",
             "head", "officer")  # fmt: skip
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


def code_in(text: str) -> str:
    """The code of a document that `text` begins with, known by its letters alone; "" for none."""
    match = _CODED.match(nfc(text).strip())
    return match[0] if match else ""


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
