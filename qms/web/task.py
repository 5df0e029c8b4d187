"""What a piece of waiting work looks like, whichever app it waits in."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Task:
    """One thing that waits for one person. `title` starts with the verb.

    `kind` groups tasks for the filter chips; `icon` names a symbol of the sprite; `facts`
    are short remarks beside the code; `action` is what the button says.
    """

    kind: str
    icon: str
    title: str
    code: str
    url: str
    action: str
    due_on: dt.date | None = None
    facts: tuple[str, ...] = ()
