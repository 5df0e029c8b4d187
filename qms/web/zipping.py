"""A ZIP that is written while it is sent: one file in memory at a time, however many there are."""

import io


class Pipe(io.RawIOBase):
    """What the archive writes into and the response takes out of; it never goes back."""

    def __init__(self) -> None:
        super().__init__()
        self._held = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        before = len(self._held)
        self._held += data  # type: ignore[arg-type]  # bytes, as zipfile gives them
        return len(self._held) - before

    def taken(self) -> bytes:
        data = bytes(self._held)
        self._held.clear()
        return data
