"""Who is let in, under which name, and what every answer says; over a socket."""

import base64
import http.client
import socket
from concurrent.futures import ThreadPoolExecutor
from itertools import product

import pytest
from pydantic import SecretStr

from backlint.config.service import ServiceSettings
from backlint.errors import ConfigError
from backlint.service import listen
from tests.service.conftest import SECRET, TOKEN, Build, Town

PATHS = ("/", "/metrics", "/teams/Shop", "/teams/Nobody", "/nothing")


def basic(password: str, user: str = "anybody") -> str:
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()


def test_without_the_token_nothing_is_shown(build: Build) -> None:
    town = build(BACKLINT_SERVICE__TOKEN=TOKEN)
    for path in PATHS:
        answer = town.ask(path)
        assert answer.status == 401, path
        assert answer.headers["www-authenticate"].startswith("Basic ")
        assert "Shop" not in answer.text


WRONG = [
    f"Bearer {TOKEN}x",
    f"Bearer {TOKEN[:-1]}",
    "Bearer",
    "Bearer ",
    TOKEN,
    f"Digest {TOKEN}",
    basic(TOKEN[:-1]),
    basic("", TOKEN),
    "Basic %%%",
    "Basic " + base64.b64encode(b"\xff\xfe").decode(),
    "Bearer \xff\xfe",
    "",
]


def test_a_wrong_token_is_none(build: Build) -> None:
    town = build(BACKLINT_SERVICE__TOKEN=TOKEN)
    for given in WRONG:
        assert town.ask("/", Authorization=given).status == 401, given


def test_two_tokens_are_none(build: Build) -> None:
    town = build(BACKLINT_SERVICE__TOKEN=TOKEN)
    twice = f"Authorization: Bearer {TOKEN}\r\nAuthorization: Bearer {TOKEN}\r\n"
    heard = town.say(f"GET / HTTP/1.1\r\nHost: localhost\r\n{twice}\r\n".encode())
    assert heard.startswith(b"HTTP/1.1 401 ")


def test_with_the_token_everything_is(build: Build) -> None:
    town = build(BACKLINT_SERVICE__TOKEN=TOKEN)
    for given in (f"Bearer {TOKEN}", f"bearer  {TOKEN}", basic(TOKEN), basic(TOKEN, "")):
        answer = town.ask("/", Authorization=given)
        assert answer.status == 200, given
        assert "Shop" in answer.text


def test_secrets_are_nowhere(build: Build) -> None:
    town = build(BACKLINT_SERVICE__TOKEN=TOKEN)
    town.night()
    for path in ("/", "/metrics", "/healthz", "/readyz", "/teams/Shop", "/nothing"):
        answer = town.ask(path, Authorization=f"Bearer {TOKEN}")
        assert not {TOKEN, SECRET, "ghp_x"} & set(answer.text.split())
        assert all(secret not in answer.text for secret in (TOKEN, SECRET, "ghp_x", town.jira.token))


# By which name


def test_this_machine_has_these_names(town: Town) -> None:
    for host in ("localhost", "LOCALHOST:80", "127.0.0.1", "127.0.0.1:8080", "[::1]:8080"):
        assert town.ask("/", Host=host).status == 200, host


EVIL = (
    "evil.example",
    "evil.example:8080",
    "localhost.evil.example",
    "127.0.0.1.evil.example",
    "x@localhost.evil",
    "[",
)


def test_a_page_elsewhere_cannot_lead_here(town: Town) -> None:
    for host, path in product(EVIL, ("/", "/healthz", "/metrics")):
        answer = town.ask(path, Host=host)
        assert answer.status in {400, 421}, host
        assert "Shop" not in answer.text


def test_a_proxy_s_name_can_be_told(build: Build) -> None:
    town = build('hosts = ["Backlint.example"]')
    assert town.ask("/", Host="backlint.example").status == 200
    assert town.ask("/", Host="other.example").status == 421


def test_beyond_this_machine_a_token_is_needed() -> None:
    for host in ("0.0.0.0", "::", "10.0.0.1"):  # noqa: S104 - it is refused
        with pytest.raises(ConfigError, match=r"so a token is needed: set BACKLINT_SERVICE__TOKEN") as refused:
            listen(ServiceSettings(host=host, port=0))
        assert "\n" not in str(refused.value)


def test_a_port_that_is_taken_is_one_clear_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(ConfigError, match=f"service.port: 127.0.0.1 port {port} cannot be listened on"):
            listen(ServiceSettings(port=port))


# What an answer says


def test_no_answer_runs_scripts_is_framed_or_is_kept(town: Town) -> None:
    for path in ("/", "/healthz", "/metrics", "/nothing"):
        headers = town.ask(path).headers
        assert headers["content-security-policy"].startswith("default-src 'none'; "), path
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cache-control"] == "no-store"
        assert headers["referrer-policy"] == "no-referrer"
        assert "server" not in headers


def test_methods(town: Town) -> None:
    head = town.ask("/healthz", "HEAD")
    assert (head.status, head.body) == (200, b"")
    for method in ("OPTIONS", "POST", "PUT", "DELETE", "TRACE", "PROPFIND"):
        assert town.ask("/healthz", method).status == 405, method
    assert "POST" in town.ask("/hooks/github", "GET").headers["allow"]
    assert town.ask("/hooks/github", "OPTIONS").status == 405


def test_other_paths_lead_nowhere(town: Town) -> None:
    for path in ("/healthz/", "//", "/teams/", "/teams/../backlint.toml", "/teams/%2e%2e%2fbacklint.toml"):
        assert town.ask(path).status == 404, path


# Who dawdles, who shouts


def test_bytes_that_are_no_request(town: Town) -> None:
    assert town.say(b"\x16\x03\x01\x00\xa5\x01\x00").startswith(b"HTTP/1.1 400 ")
    assert town.say(b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * 20_000 + b"\r\n").startswith(b"HTTP/1.1 400 ")
    assert town.ask("/healthz").status == 200


def test_many_at_once_are_all_answered(town: Town) -> None:
    with ThreadPoolExecutor(16) as pool:
        statuses = [answer.status for answer in pool.map(town.ask, ["/healthz"] * 150)]
    assert set(statuses) == {200}


def test_connections_that_say_nothing_are_in_nobody_s_way(town: Town) -> None:
    idle = [socket.create_connection(("127.0.0.1", town.service.port)) for _ in range(100)]
    try:
        assert town.ask("/healthz").status == 200
    finally:
        for each in idle:
            each.close()


def test_a_connection_is_for_one_request(town: Town) -> None:
    twice = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n" * 2
    assert town.say(twice).count(b"HTTP/1.1 200 ") == 1


def test_it_stops_while_somebody_is_connected(town: Town) -> None:
    with socket.create_connection(("127.0.0.1", town.service.port)) as line:
        line.sendall(b"GET / HTTP/1.1\r\nHost: ")
        town.stop()
        with pytest.raises((ConnectionError, http.client.HTTPException, OSError)):
            town.ask("/healthz")


def test_two_names_or_none_are_no_name(town: Town) -> None:
    for hosts in (b"", b"Host: localhost\r\nHost: localhost\r\n"):
        heard = town.say(b"GET / HTTP/1.0\r\n" + hosts + b"\r\n")
        assert heard.split()[1] in {b"400", b"421"}, hosts
        assert b"Shop" not in heard


def test_a_web_socket_is_not_opened(town: Town) -> None:
    """Nobody who has the token is let in that way either: there is nothing behind it."""
    asked = b"Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: eA==\r\n"
    heard = town.say(b"GET / HTTP/1.1\r\nHost: localhost\r\n" + asked + b"\r\n")
    assert not heard.startswith(b"HTTP/1.1 101 ")


def test_an_address_of_another_machine_is_one_clear_line() -> None:
    settings = ServiceSettings(host="192.0.2.1", port=0, token=SecretStr(TOKEN))
    with pytest.raises(ConfigError, match=r"192\.0\.2\.1") as refused:
        listen(settings)
    assert "\n" not in str(refused.value)
