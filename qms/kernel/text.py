"""How text is brought into one form: NFC at every door, folded keys for comparing."""

import re
import unicodedata

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b-\u200d\u2060\ufeff]")
_SPACES = re.compile(r"\s+")


def nfc(text: str) -> str:
    """`text` in NFC, without control and zero-width characters."""
    return unicodedata.normalize("NFC", _CONTROL.sub("", text))


def one_line(text: str) -> str:
    """`nfc(text)` with every run of white space made one space."""
    return _SPACES.sub(" ", nfc(text)).strip()


def fold(text: str) -> str:
    """Lower case, no accents, đ as d, single spaces: equal for all ways of typing a word."""
    plain = unicodedata.normalize("NFD", _CONTROL.sub("", text).casefold()).replace("đ", "d")
    return _SPACES.sub(" ", "".join(c for c in plain if not unicodedata.combining(c))).strip()


def code_key(code: str) -> str:
    """What two codes share that differ only in spaces, case or accents."""
    return fold(nfc(code)).replace(" ", "")
