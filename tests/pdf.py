"""Reading our PDFs back, so that tests see what a reader sees."""

import pypdfium2


def pages_of(data: bytes) -> list[str]:
    """The words of each page, white space made plain."""
    with pypdfium2.PdfDocument(data) as document:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in document]
