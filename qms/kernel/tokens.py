"""What is still open in a text: `{{ten_co_quan}}`, `{{?so_dien_thoai}}`, `{{ma:M-QT-04}}`, `{{#xa_phuong}}`.

Only how a token is written; which ones exist and what stands in their place is the library's.
Nothing is ever evaluated.
"""

import re
from collections.abc import Iterable

# A merge field, a slot, a reference to another template, the beginning or end of a passage.
FIELD = re.compile(r"\{\{\s*([a-z][a-z_]*)\s*\}\}")
SLOT = re.compile(r"\{\{\s*\?\s*([a-z][a-z_]*)\s*\}\}")
REFERENCE = re.compile(r"\{\{\s*ma:\s*([^\s{}]{1,60})\s*\}\}")
MARK = re.compile(r"\{\{\s*([#^/])\s*([a-z][a-z_]*)\s*\}\}")
# Any of them, without saying which: to find, not to read.
TOKEN = re.compile(
    r"\{\{\s*(?:\??\s*[a-z][a-z_]*|[#^/]\s*[a-z][a-z_]*|ma:\s*[^\s{}]{1,60})\s*\}\}"
)
# What stands in one of these places, or was meant to: two braces around one line.
ANY = re.compile(r"\{\{[^{}\n]{1,80}\}\}")


def open_in(texts: Iterable[str]) -> list[str]:
    """The tokens that still stand in `texts`, each once, as they were written."""
    return list(dict.fromkeys(token for text in texts for token in TOKEN.findall(text)))
