"""What is no text: NUL, which PostgreSQL refuses, and half of a surrogate pair, which nothing can encode."""


def clean(text: str) -> str:
    """The text without NUL, and with U+FFFD for each half of a surrogate pair; JSON can escape either."""
    if text.isascii() and "\0" not in text:
        return text
    return text.replace("\0", "").encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
