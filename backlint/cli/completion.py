"""`backlint completion`."""

import click
from click.shell_completion import get_completion_class

from backlint.cli.commands import backlint

SHELLS = ("bash", "fish", "zsh")


@click.command("completion")
@click.argument("shell", type=click.Choice(SHELLS))
def command(shell: str) -> None:
    """Print what makes a shell complete commands, options and their values.

    \b
      eval "$(backlint completion bash)"                                      in ~/.bashrc
      eval "$(backlint completion zsh)"                                       in ~/.zshrc
      backlint completion fish > ~/.config/fish/completions/backlint.fish
    """  # noqa: D301 - a backspace is how click is told to leave lines as they are
    made = get_completion_class(shell)
    if made is None:
        raise click.UsageError(f"click knows no completion for {shell}.")
    click.echo(made(backlint, {}, "backlint", "_BACKLINT_COMPLETE").source())
