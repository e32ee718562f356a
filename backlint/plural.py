"""A number of things, as people say it."""


def plural(number: int, one: str, many: str | None = None) -> str:
    """`1 item`, `1,200 items`; with a word of its own for many, `1 issue was`, `2 issues were`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
