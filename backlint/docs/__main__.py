"""`python -m backlint.docs` writes the documentation of a checkout; `--check` only says what is out of date."""

from pathlib import Path

import click

from backlint.docs.writing import outdated, write


@click.command()
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 if something is out of date.")
@click.argument("checkout", type=click.Path(path_type=Path, exists=True, file_okay=False), default=".")
def main(checkout: Path, *, check: bool) -> None:
    """Write the pages, the schema and the example configuration from the plugins."""
    names = outdated(checkout) if check else write(checkout)
    for name in names:
        click.echo(f"{'out of date' if check else 'written'}: {name}")
    if check and names:
        raise SystemExit(1)


main()
