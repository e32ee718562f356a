"""`backlint completion`."""

import click
from click.shell_completion import BashComplete, FishComplete, ZshComplete

from backlint.cli.commands import backlint

SHELLS = {"bash": BashComplete, "fish": FishComplete, "zsh": ZshComplete}


@click.command("completion")
@click.argument("shell", type=click.Choice(SHELLS))
def command(shell: str) -> None:
    """Print what makes a shell complete commands, options and their values.

    \b
      eval "$(backlint completion bash)"                                      in ~/.bashrc
      eval "$(backlint completion zsh)"                                       in ~/.zshrc
      backlint completion fish > ~/.config/fish/completions/backlint.fish
    """  # noqa: D301 - a backspace is how click is told to leave lines as they are
    click.echo(SHELLS[shell](backlint, {}, "backlint", "_BACKLINT_COMPLETE").source())
