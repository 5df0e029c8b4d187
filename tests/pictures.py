"""Small real pictures for tests."""

import io

from PIL import Image


def png(width: int = 8, height: int = 8, colour: str = "red") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(out, "PNG")
    return out.getvalue()


PNG = png()
