"""`backlint explain`."""

from typing import Any

import click

from backlint import catalog
from backlint.cli.options import looking_options
from backlint.cli.pages import show_page
from backlint.errors import Exit
from backlint.rule import Rule


@click.command("explain")
@click.argument("name")
@click.argument("file", required=False)
@looking_options
def command(*, name: str, **around: Any) -> int:
    """Explain a rule or an item.

    Of a rule: what it finds, why it matters, how to mend it, and every setting. Of an item (SHOP-142, acme/shop#12):
    why it stands where it stands, when it will be done, and what each rule made of it. FILE as in `backlint check`.
    """
    if name in catalog.names(Rule) or not _may_be_item(name):
        show_page(catalog.load(Rule, name))
        return Exit.CLEAN
    from backlint.cli.item import explain_item  # noqa: PLC0415 - the page of a rule needs no database

    return explain_item(name, **around)


def _may_be_item(name: str) -> bool:
    """Whether it looks like a key or an address; names of rules are words of small letters."""
    return any(letter.isdigit() or letter.isupper() or letter in "#/:" for letter in name)
