"""One tracker's site: one budget, and retries of what is safe to repeat and of nothing else."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Collection, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache
from http import HTTPStatus
from types import TracebackType
from typing import TYPE_CHECKING, Self
from urllib.parse import urljoin, urlsplit

from backlint.errors import TrackerError
from backlint.transport.answer import Answer, Json, decode
from backlint.transport.gate import Gate
from backlint.transport.pauses import back_off, retry_after

if TYPE_CHECKING:
    import ssl

    import httpx

IN_FLIGHT = 6
TRIES = 4
REDIRECTS = 5
REQUEST_SECONDS = 120.0
LONGEST_PAUSE = 300.0
"""A tracker that asks for a longer pause ends the run as partial instead: a night must end."""

PASSING_FAULTS = {429, 500, 502, 503, 504}
REPEATABLE_REDIRECTS = {307, 308}
REDIRECTED = {301, 302} | REPEATABLE_REDIRECTS

SHORTEST_SECRET = 8
"""What is shorter is no secret, and to hide it would tear holes into innocent words."""

PORTS = {"http": 80, "https": 443}

Params = Mapping[str, str | int] | None

Authorise = Callable[[], Awaitable[Mapping[str, str]]]
"""Gives the headers that let a request in; asked before every request, so that a token may be renewed mid-run."""

Pause = Callable[[Answer, datetime], float | None]
"""Reads a tracker's own signs of a limit: the seconds it asks everybody to wait, or `None` where the answer is none."""


class OutOfTimeError(TrackerError):
    """The run must end before the tracker would answer; what was read so far is kept."""


@dataclass
class Site:
    """Relative paths are joined to `base`; absolute URLs (a `next` link) must stay on its origin.

    Every method raises `TrackerError` when no answer could be had, and gives back every answer that is one, refusals
    (4xx) included: what a 404 means is for the connector to know.
    """

    name: str
    base: str
    gate: Gate
    authorise: Authorise
    headers: Mapping[str, str]
    pause: Pause | None
    speaks_json: bool = True
    """Whether an answer is data. A chat's webhook says "ok", or nothing: its answers are not read."""
    _free_at: float = field(default=float("-inf"), init=False)
    _client: "httpx.AsyncClient" = field(init=False)
    _slots: asyncio.Semaphore = field(init=False)

    async def __aenter__(self) -> Self:
        import httpx  # noqa: PLC0415 - a tenth of a second to load, and only who talks to a tracker needs it

        self._slots = asyncio.Semaphore(IN_FLIGHT)
        self._client = httpx.AsyncClient(
            transport=self.gate.wire,
            headers=dict(self.headers),
            timeout=httpx.Timeout(connect=10, read=60, write=30, pool=REQUEST_SECONDS),
            limits=httpx.Limits(max_connections=IN_FLIGHT),
            verify=_trusted(),
            trust_env=False,
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._client.aclose()

    async def get(self, path: str, params: Params = None, *, headers: Mapping[str, str] | None = None) -> Answer:
        """Read; repeated after a fault that may pass. The headers are for this request alone (`if-none-match`)."""
        return await self._persist(_Request("GET", self._url(path), params, None, headers or {}))

    async def ask(self, path: str, body: Json, *, too_much: Collection[int] = ()) -> Answer:
        """A POST that only reads (a search, a GraphQL query): repeated like a GET.

        `too_much` are the statuses by which this tracker says that it could not answer so much: they are given back
        at once, for less to be asked.
        """
        return await self._persist(_Request("POST", self._url(path), None, body, {}), too_much)

    async def send(self, method: str, path: str, body: Json = None) -> Answer:
        """Write. Sent once and never repeated here: whoever writes must look before it writes again."""
        answer = await self._once(_Request(method, self._url(path), None, body, {}))
        self._note_pause(answer)
        return answer

    async def _persist(self, request: "_Request", final: Collection[int] = ()) -> Answer:
        for attempt in range(1, TRIES + 1):
            try:
                answer = await self._once(request)
            except TrackerError as error:
                if not error.retryable or isinstance(error, OutOfTimeError) or attempt == TRIES:
                    raise
            else:
                is_limit = self._note_pause(answer)
                if not is_limit and (answer.status in final or not _is_passing(answer)):
                    return answer
                if attempt == TRIES:
                    raise self._gave_up(str(request), answer)
                if is_limit:
                    continue
            await self._sleep(back_off(attempt, self.gate.jitter()))
        raise AssertionError("the last try returns or raises")

    def _gave_up(self, request: str, answer: Answer) -> TrackerError:
        what = "nothing" if answer.is_ok else answer.status
        said = f"{self.name} answered {request} with {what}, {TRIES} times."
        return TrackerError(said, retryable=True, status=answer.status)

    async def _once(self, request: "_Request") -> Answer:
        """One request, followed through redirects that stay on the site."""
        for _ in range(REDIRECTS):
            answer = await self._exchange(request)
            is_followed = request.method == "GET" or answer.status in REPEATABLE_REDIRECTS
            if answer.status not in REDIRECTED or not is_followed or "location" not in answer.headers:
                return answer
            request = request.led_to(self._url(answer.headers["location"], relative_to=request.url))
        raise TrackerError(f"{self.name} redirected {request} in a ring.")

    async def _exchange(self, request: "_Request") -> Answer:
        import httpx  # noqa: PLC0415

        try:
            async with self._slots, self._turn():
                self.gate.requests += 1
                sent = {"json": request.body} if request.body is not None else {}
                headers = {**request.headers, **await self.authorise()}
                async with self._client.stream(
                    request.method, request.url, params=request.params, headers=headers, **sent
                ) as response:
                    content = b"".join([piece async for piece in response.aiter_bytes()])
        except TimeoutError:
            raise TrackerError(
                f"{self.name} did not finish its answer to {request} within {self._patience:.0f} s.", retryable=True
            ) from None
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError) as error:
            raise TrackerError(
                f"{self.name} could not be reached: {request}: {_said(error)}.", retryable=True
            ) from None
        return self._answer(str(request), response, content)

    def _answer(self, request: str, response: "httpx.Response", content: bytes) -> Answer:
        """The content comes beside the response, which is in a ring and would keep it until that is collected."""
        headers = {key.lower(): value for key, value in response.headers.items()}
        body: Json = None
        if self.speaks_json and response.status_code not in REDIRECTED:
            try:
                shown = _without_credentials(response.request, content)
                body = decode(self.name, request, headers.get("content-type", ""), shown)
            except TrackerError:
                if response.is_success:
                    raise
        return Answer(response.status_code, headers, body, str(response.url))

    def _note_pause(self, answer: Answer) -> bool:
        """Whether the answer is a limit; if so nobody sends anything to this site until it is over."""
        now = self.gate.clock.now()
        seconds = self.pause(answer, now) if self.pause else None
        asked = retry_after(answer.headers, now) if not answer.is_ok else None
        if seconds is None and asked is None:
            return False
        wait = max(seconds or 0.0, asked or 0.0)
        self._free_at = max(self._free_at, self.gate.clock.monotonic() + wait)
        return True

    @property
    def _patience(self) -> float:
        """How long one answer may take in all: a server that trickles would otherwise never time out."""
        return min(REQUEST_SECONDS, self.gate.seconds_left)

    @asynccontextmanager
    async def _turn(self) -> AsyncGenerator[None, None]:
        """Wait out a pause, then give one answer its time; inside a slot, so that nothing slips past a pause."""
        await self._wait_for_turn()
        async with asyncio.timeout(self._patience):
            yield

    async def _wait_for_turn(self) -> None:
        while (seconds := self._free_at - self.gate.clock.monotonic()) > 0:
            await self._sleep(seconds)
        if self.gate.seconds_left <= 0:
            raise OutOfTimeError(f"The run's time is over; {self.name} was not read to the end.", retryable=True)

    async def _sleep(self, seconds: float) -> None:
        if seconds > min(LONGEST_PAUSE, self.gate.seconds_left):
            raise OutOfTimeError(
                f"{self.name} asks to wait {seconds:,.0f} s, longer than this run may: the next run goes on from here.",
                retryable=True,
                status=HTTPStatus.TOO_MANY_REQUESTS,
            )
        await self.gate.clock.sleep(seconds)

    def _url(self, path: str, relative_to: str | None = None) -> str:
        """An absolute URL on this site. A link that leads elsewhere is refused: the token must not follow it."""
        try:
            if relative_to:
                url = urljoin(relative_to, path)
            elif urlsplit(path).scheme:
                url = path
            else:
                url = f"{self.base.rstrip('/')}/{path.lstrip('/')}"
        except ValueError:
            raise TrackerError(f"{self.name} points to {path}, which is no address.") from None
        if _origin(url) != _origin(self.base):
            raise TrackerError(f"{self.name} points to {url}, which is not on {self.base}; it was not followed.")
        return url


@dataclass(frozen=True)
class _Request:
    """What is asked. `headers` are its own, beside those of the site."""

    method: str
    url: str
    params: Params
    body: Json
    headers: Mapping[str, str]

    def led_to(self, url: str) -> "_Request":
        """The same, asked where a redirect leads; the query goes with it unless the new place brings its own."""
        query = urlsplit(self.url).query
        if urlsplit(url).query:
            return replace(self, url=url, params=None)
        return replace(self, url=f"{url}?{query}" if query else url)

    def __str__(self) -> str:
        return f"{self.method} {self.url}"


def _is_passing(answer: Answer) -> bool:
    """Whether asking again may help. A 200 with nothing in it is a fault too: it must not look like "there is none"."""
    return answer.status in PASSING_FAULTS or (answer.status == HTTPStatus.OK and answer.body is None)


def _origin(url: str) -> tuple[str, str | None, int | None]:
    try:
        parts = urlsplit(url)
        return parts.scheme, parts.hostname, parts.port or PORTS.get(parts.scheme)
    except ValueError:
        return "", None, None


def _without_credentials(request: "httpx.Request", content: bytes) -> bytes:
    """The content, without what let us in: a proxy that repeats what it heard must not make us show it."""
    credentials = request.headers.get("authorization", "").split()[1:]
    for each in (it for it in credentials if len(it) >= SHORTEST_SECRET):
        content = content.replace(each.encode(), b"(hidden)")
    return content


def _said(error: Exception) -> str:
    return str(error) or type(error).__name__


@cache
def _trusted() -> "ssl.SSLContext":
    """Whom to believe who they are. Reading the list takes 40 ms, and a process that stays opens a site many times."""
    import httpx  # noqa: PLC0415 - as above

    return httpx.create_ssl_context(trust_env=False)
