"""A status in a word, a colour and an icon; colour is never alone."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Badge:
    """What `{% badge %}` draws. `kind` is "", ok, info, warn, bad, accent or brand."""

    label: str
    kind: str = ""
    icon: str = ""
