"""A mail server on a loopback port, as far as `smtplib` can tell: it keeps what it was given."""

import socket
from base64 import b64decode
from collections.abc import Collection, Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from io import BufferedRWPair
from threading import Event, Thread
from typing import TypeAlias

Line: TypeAlias = BufferedRWPair


@dataclass
class Mailbox:
    """What came in. `refuses` are those whom it has no box for, `password` what it lets in with, if it asks.

    `moods` are its answers to some words of a client (MAIL, DATA), for a server that will have none of it.
    """

    refuses: Collection[str] = ()
    password: str | None = None
    moods: Mapping[str, str] = field(default_factory=dict[str, str])
    port: int = 0
    mails: list[EmailMessage] = field(default_factory=list[EmailMessage])
    recipients: list[str] = field(default_factory=list[str])

    def converse(self, line: Line) -> None:
        """One client, from its first word to its last."""
        say(line, "220 here")
        for heard in iter(line.readline, b""):
            words = heard.decode().strip()
            match words.partition(" ")[0].upper():
                case verb if verb in self.moods:
                    say(line, self.moods[verb])
                case "EHLO":
                    say(line, "250-here", "250-SMTPUTF8", "250-8BITMIME", "250 AUTH PLAIN")
                case "AUTH":
                    say(line, "235 come in" if self._lets_in(words) else f"535 wrong: you said {words}")
                case "RCPT":
                    self._box(line, words[words.index("<") + 1 : words.index(">")])
                case "DATA":
                    self._keep(line)
                case "QUIT":
                    say(line, "221 bye")
                    return
                case _:
                    say(line, "250 fine")

    def _lets_in(self, words: str) -> bool:
        return self.password is not None and b64decode(words.split()[2]).decode().split("\0")[2] == self.password

    def _box(self, line: Line, address: str) -> None:
        if address in self.refuses:
            say(line, "550 nobody of that name")
        else:
            self.recipients.append(address)
            say(line, "250 fine")

    def _keep(self, line: Line) -> None:
        say(line, "354 go on")
        told = b"".join(iter(line.readline, b".\r\n"))
        self.mails.append(message_from_bytes(told, policy=default))
        say(line, "250 kept")


def say(line: Line, *words: str) -> None:
    line.write("".join(f"{each}\r\n" for each in words).encode())
    line.flush()


@contextmanager
def opened(mailbox: Mailbox) -> Generator[Mailbox]:
    """The mailbox, served to one client after the other until the block ends."""
    is_over = Event()
    with socket.create_server(("127.0.0.1", 0)) as server:
        mailbox.port = server.getsockname()[1]
        thread = Thread(target=_serve, args=(server, mailbox, is_over))
        thread.start()
        try:
            yield mailbox
        finally:
            is_over.set()
            socket.create_connection(("127.0.0.1", mailbox.port)).close()
            thread.join()


def _serve(server: socket.socket, mailbox: Mailbox, is_over: Event) -> None:
    while True:
        client, _ = server.accept()
        with client, client.makefile("rwb") as line:
            if is_over.is_set():
                return
            mailbox.converse(line)
