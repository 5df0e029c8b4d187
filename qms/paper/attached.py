"""A file that travels inside a PDF, and in what relation it stands to it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Attached:
    """A file inside a PDF/A-3. `relationship` is a word of ISO 32000-2, 7.11.3.

    `name` is ours and plain, since readers write it to disk; `said` describes it in words.
    """

    name: str
    data: bytes
    relationship: str
    said: str
