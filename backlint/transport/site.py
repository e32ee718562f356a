"""One tracker's site: one budget, and retries of what is safe to repeat and of nothing else."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Collection, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

import httpx

from backlint.errors import TrackerError
from backlint.transport.answer import Answer, Json, decode
from backlint.transport.gate import Gate
from backlint.transport.pauses import back_off, retry_after

IN_FLIGHT = 6
TRIES = 4
REDIRECTS = 5
REQUEST_SECONDS = 120.0
LONGEST_PAUSE = 300.0
"""A tracker that asks for a longer pause ends the run as partial instead: a night must end."""

PASSING_FAULTS = {429, 500, 502, 503, 504}
REPEATABLE_REDIRECTS = {307, 308}
REDIRECTED = {301, 302} | REPEATABLE_REDIRECTS

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
    _client: httpx.AsyncClient = field(init=False)
    _slots: asyncio.Semaphore = field(init=False)

    async def __aenter__(self) -> Self:
        self._slots = asyncio.Semaphore(IN_FLIGHT)
        self._client = httpx.AsyncClient(
            transport=self.gate.wire,
            headers=dict(self.headers),
            timeout=httpx.Timeout(connect=10, read=60, write=30, pool=REQUEST_SECONDS),
            limits=httpx.Limits(max_connections=IN_FLIGHT),
            trust_env=False,
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._client.aclose()

    async def get(self, path: str, params: Params = None) -> Answer:
        """Read; repeated after a fault that may pass."""
        return await self._persist("GET", path, params, None)

    async def ask(self, path: str, body: Json, *, too_much: Collection[int] = ()) -> Answer:
        """A POST that only reads (a search, a GraphQL query): repeated like a GET.

        `too_much` are the statuses by which this tracker says that it could not answer so much: they are given back
        at once, for less to be asked.
        """
        return await self._persist("POST", path, None, body, too_much)

    async def send(self, method: str, path: str, body: Json = None) -> Answer:
        """Write. Sent once and never repeated here: whoever writes must look before it writes again."""
        answer = await self._once(method, self._url(path), None, body)
        self._note_pause(answer)
        return answer

    async def _persist(self, method: str, path: str, params: Params, body: Json, final: Collection[int] = ()) -> Answer:
        url = self._url(path)
        for attempt in range(1, TRIES + 1):
            try:
                answer = await self._once(method, url, params, body)
            except TrackerError as error:
                if not error.retryable or isinstance(error, OutOfTimeError) or attempt == TRIES:
                    raise
            else:
                is_limit = self._note_pause(answer)
                if not is_limit and (answer.status in final or not _is_passing(answer)):
                    return answer
                if attempt == TRIES:
                    raise self._gave_up(f"{method} {url}", answer)
                if is_limit:
                    continue
            await self._sleep(back_off(attempt, self.gate.jitter()))
        raise AssertionError("the last try returns or raises")

    def _gave_up(self, request: str, answer: Answer) -> TrackerError:
        what = "nothing" if answer.is_ok else answer.status
        said = f"{self.name} answered {request} with {what}, {TRIES} times."
        return TrackerError(said, retryable=True, status=answer.status)

    async def _once(self, method: str, url: str, params: Params, body: Json) -> Answer:
        """One request, followed through redirects that stay on the site."""
        for _ in range(REDIRECTS):
            answer = await self._exchange(method, url, params, body)
            is_followed = method == "GET" or answer.status in REPEATABLE_REDIRECTS
            if answer.status not in REDIRECTED or not is_followed or "location" not in answer.headers:
                return answer
            query = urlsplit(url).query
            url = self._url(answer.headers["location"], relative_to=url)
            if urlsplit(url).query:
                params = None
            elif query:
                url = f"{url}?{query}"
        raise TrackerError(f"{self.name} redirected {method} {url} in a ring.")

    async def _exchange(self, method: str, url: str, params: Params, body: Json) -> Answer:
        request = f"{method} {url}"
        try:
            async with self._slots, self._turn():
                self.gate.requests += 1
                sent = {"json": body} if body is not None else {}
                response = await self._client.request(
                    method, url, params=params, headers=dict(await self.authorise()), **sent
                )
        except TimeoutError:
            raise TrackerError(
                f"{self.name} did not finish its answer to {request} within {self._patience:.0f} s.", retryable=True
            ) from None
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError) as error:
            raise TrackerError(
                f"{self.name} could not be reached: {request}: {_said(error)}.", retryable=True
            ) from None
        return self._answer(request, response)

    def _answer(self, request: str, response: httpx.Response) -> Answer:
        headers = {key.lower(): value for key, value in response.headers.items()}
        body: Json = None
        if self.speaks_json and response.status_code not in REDIRECTED:
            try:
                content = _without_credentials(response)
                body = decode(self.name, request, headers.get("content-type", ""), content)
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
        if relative_to:
            url = str(httpx.URL(relative_to).join(path))
        elif urlsplit(path).scheme:
            url = path
        else:
            url = f"{self.base.rstrip('/')}/{path.lstrip('/')}"
        if _origin(url) != _origin(self.base):
            raise TrackerError(f"{self.name} points to {url}, which is not on {self.base}; it was not followed.")
        return url


def _is_passing(answer: Answer) -> bool:
    """Whether asking again may help. A 200 with nothing in it is a fault too: it must not look like "there is none"."""
    return answer.status in PASSING_FAULTS or (answer.status == HTTPStatus.OK and answer.body is None)


def _origin(url: str) -> tuple[str, str | None, int | None]:
    try:
        parts = urlsplit(url)
        return parts.scheme, parts.hostname, parts.port or PORTS.get(parts.scheme)
    except ValueError:
        return "", None, None


def _without_credentials(response: httpx.Response) -> bytes:
    """The content, without what let us in: a proxy that repeats what it heard must not make us show it."""
    credentials = response.request.headers.get("authorization", "").split()[1:]
    content = response.content
    for each in credentials:
        content = content.replace(each.encode(), b"(hidden)")
    return content


def _said(error: Exception) -> str:
    return str(error) or type(error).__name__
