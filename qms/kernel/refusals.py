"""The ways this system says no. Everything else is a bug.

`str(error)` is a whole sentence, fit to show to the person who asked. `status` is the HTTP
status that a page carries; `qms.web.middleware` turns the one into the other.
"""


class Refusal(Exception):
    """A rule said no."""

    status: int = 409


class IllegalMove(Refusal):
    """The lifecycle has no such step from the state the object is in."""


class Stale(Refusal):
    """Somebody else moved the object first; reload and look again."""


class Unacceptable(Refusal):
    """What was handed in cannot be taken: the sentence says what is wrong and what to do."""

    status = 422


class Gone(Refusal):
    """It was here and its content no longer is."""

    status = 410


class Unavailable(Refusal):
    """A part of the house cannot serve now; the same request may succeed later."""

    status = 503
