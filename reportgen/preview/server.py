"""The desk's server: on this computer only, for one report, until it is stopped."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
import socket
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any, Final

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from reportgen.preview.comments import add_comment, comments_file, settle_comment
from reportgen.preview.engine import Change, Engine, View, as_json
from reportgen.preview.guard import Guard
from reportgen.preview.pages import PagePress, Pages, Stopped
from reportgen.preview.panel import rendered
from reportgen.preview.standing import fault_alone, place_for_page, place_of, standing, text_at
from reportgen.preview.watch import PATIENCE, changes
from reportgen.preview.wire import audience_named, audience_of, event, mark, sent_by
from reportgen.preview.words import words_for
from reportgen.publication.audience import Audience
from reportgen.resources import resource

HOST: Final = "127.0.0.1"
MOST_WAITING: Final = 50
"""Messages that wait for a page; one that falls further behind asks for everything anew."""
QUIET: Final = 0.3
"""Seconds without a change after which the report is checked."""
BREATH: Final = 15.0
"""Seconds after which a line without news is sent, so that both sides see that the other is there."""


@dataclass(eq=False)
class _Reader:
    """A page in a browser."""

    audience: Audience
    waiting: asyncio.Queue[str] = field(default_factory=lambda: asyncio.Queue(MOST_WAITING))


class Server:
    """Serves one report.

    Attributes:
        engine: The report.
        language: Language of the desk.
        token: The secret in its address.
        port: Its port.
        told: Called when the server has something to say to who started it.
    """

    def __init__(self, engine: Engine, language: str, listener: socket.socket) -> None:
        self.engine = engine
        self.language = language
        self.token = secrets.token_urlsafe(24)
        self.listener = listener
        self.port: int = listener.getsockname()[1]
        self._readers: set[_Reader] = set()
        self._one_at_a_time = asyncio.Lock()
        self._stop = asyncio.Event()
        self._dirty = asyncio.Event()
        self._unjudged = asyncio.Event()
        self._pages: dict[Audience, Pages] = {}
        self._press_of_pages = PagePress()
        self._making: dict[Audience, asyncio.Task[None]] = {}
        self._fault = ""
        self._turn = 0
        self._serving: uvicorn.Server | None = None

    @property
    def address(self) -> str:
        """What to open in a browser."""
        return f"http://{HOST}:{self.port}/{self.token}/"

    def run(self, ready: Callable[[], None]) -> None:
        """Serve until interrupted; ``ready`` is called when the first look was taken."""
        config = uvicorn.Config(
            self.application(ready),
            log_level="critical",
            access_log=False,
            lifespan="on",
            timeout_graceful_shutdown=1,
            server_header=False,
            date_header=False,
        )
        self._serving = uvicorn.Server(config)
        self._serving.run(sockets=[self.listener])

    def stop(self) -> None:
        """End :meth:`run`, from another thread."""
        if self._serving:
            self._serving.should_exit = True

    def application(self, ready: Callable[[], None]) -> Guard:
        """Return the application behind its guard."""

        @contextlib.asynccontextmanager
        async def life(_: Starlette) -> AsyncIterator[None]:
            await self._look()
            await self._judge()
            tasks = [asyncio.create_task(work) for work in (self._watch(), self._follow(), self._say())]
            ready()
            yield
            self._stop.set()
            for task in [*tasks, *self._making.values()]:
                task.cancel()
            await asyncio.gather(*tasks, *self._making.values(), return_exceptions=True)
            self._press_of_pages.close()

        here = f"/{self.token}"
        routes = [
            Route(f"{here}/", self._page),
            Route(f"{here}/{{name}}.js", self._script),
            Route(f"{here}/preview.css", self._own_style),
            Route(f"{here}/report.css", self._style),
            Route(f"{here}/view", self._view),
            Route(f"{here}/events", self._events),
            Route(f"{here}/comments", self._comment, methods=["POST"]),
            Route(f"{here}/pages", self._make_pages, methods=["POST"]),
            Route(f"{here}/pages/{{language}}.pdf", self._show_pages),
        ]
        return Guard(Starlette(routes=routes, lifespan=life), self.token, self.port)

    # What happens by itself

    async def _watch(self) -> None:
        while not self._stop.is_set():
            with contextlib.suppress(OSError, RuntimeError):  # a folder went while it was looked at: begin anew
                async for _ in changes(self.engine.path, lambda: self.engine.paths, self._stop):
                    self._dirty.set()
            self._dirty.set()
            await asyncio.sleep(PATIENCE)

    async def _follow(self) -> None:
        """Show the words of every change at once, and at once whether they can be followed."""
        while True:
            await self._dirty.wait()
            self._dirty.clear()
            broken = self._is_broken
            await self._look()
            if broken or self._is_broken:
                await self._tell_states()
            self._unjudged.set()

    async def _say(self) -> None:
        """Say what is to be said about the words when nobody writes; they are followed meanwhile."""
        while True:
            await self._unjudged.wait()
            while self._unjudged.is_set():
                self._unjudged.clear()
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._unjudged.wait(), QUIET)
            await self._judge()

    @property
    def _is_broken(self) -> bool:
        return bool(self.engine.faults or self._fault)

    async def _look(self) -> None:
        """Read the files and tell every page what is new; changes meanwhile lead to one more look."""
        loop = asyncio.get_running_loop()

        def look() -> None:
            for change in self.engine.look(judge=False):
                loop.call_soon_threadsafe(self._tell_change, change)

        async with self._one_at_a_time:
            try:
                await asyncio.to_thread(look)
                self._fault = ""
            except Exception as error:
                self._fault = place_of(error)

    async def _judge(self) -> None:
        """Check what was read, and tell every page how the report stands."""
        try:
            await asyncio.to_thread(self.engine.judge)
        except Exception as error:
            self._fault = place_of(error)
        await self._tell_states()

    async def _tell_states(self) -> None:
        async with self._one_at_a_time:
            audiences = {reader.audience for reader in self._readers}
            states = {audience: await asyncio.to_thread(self._state, audience) for audience in audiences}
        for reader in self._readers:
            if state := states.get(reader.audience):
                self._send(reader, "state", state)

    def _tell_change(self, change: Change) -> None:
        message = {
            "revision": change.view.revision,
            "before": change.before,
            "title": change.view.title,
            "style": mark(change.view.style),
            "rows": [self._row(row) for row in change.rows],
            "order": [row.id for row in change.view.rows] if change.moved else None,
        }
        for reader in self._readers:
            if reader.audience is change.audience:
                self._send(reader, "rows", message)
        if change.audience in self._making:
            self._send_to(change.audience, "pages", {"state": "old"})

    def _state(self, audience: Audience) -> dict[str, Any]:
        """Return what is said about the report beside the words that ``audience`` reads; of a fault of the program, that.

        Every state has a ``turn``, so that a page that gets two at once keeps the newer.
        """
        self._turn += 1
        try:
            state = standing(self.engine, audience, self.language, self._fault)
        except Exception as error:
            state = fault_alone(self.language, place_of(error))
        return {**state, "turn": self._turn}

    # What pages ask for

    async def _page(self, _: Request) -> Response:
        html = rendered("desk", self.language, words=words_for(self.language), path=self.engine.path.resolve().name)
        return Response(html, media_type="text/html; charset=utf-8")

    async def _script(self, request: Request) -> Response:
        name = request.path_params["name"]
        if name not in {"preview", "rows", "comments"}:
            return PlainTextResponse("", 404)
        return Response(_static(f"{name}.js"), media_type="text/javascript; charset=utf-8")

    async def _own_style(self, _: Request) -> Response:
        return Response(_static("preview.css"), media_type="text/css; charset=utf-8")

    async def _style(self, request: Request) -> Response:
        view = await self._of(audience_of(request))
        return Response(f"@layer report {{\n{view.style}\n}}", media_type="text/css; charset=utf-8")

    async def _view(self, request: Request) -> Response:
        audience = audience_of(request)
        view = await self._of(audience)
        async with self._one_at_a_time:
            state = await asyncio.to_thread(self._state, audience)
        return JSONResponse(
            {
                "revision": view.revision,
                "title": view.title,
                "style": mark(view.style),
                "languages": list(self.engine.languages),
                "rows": [self._row(row) for row in view.rows],
                "state": state,
                "pages": self._pages_state(audience),
            }
        )

    async def _of(self, audience: Audience) -> View:
        async with self._one_at_a_time:
            return await asyncio.to_thread(self.engine.view, audience)

    async def _events(self, request: Request) -> Response:
        reader = _Reader(audience_of(request))

        async def stream() -> AsyncIterator[str]:
            self._readers.add(reader)  # first, so that nothing is missed that changes while it is told how things stand
            try:
                view = await self._of(reader.audience)
                yield event("hello", {"revision": view.revision})
                async with self._one_at_a_time:
                    state = await asyncio.to_thread(self._state, reader.audience)
                yield event("state", state)
                while not self._stop.is_set():
                    try:
                        yield await asyncio.wait_for(reader.waiting.get(), BREATH)
                    except TimeoutError:
                        yield ":\n\n"
            finally:
                self._readers.discard(reader)

        return StreamingResponse(stream(), media_type="text/event-stream")

    async def _comment(self, request: Request) -> Response:
        sent = await sent_by(request)
        whole = self.engine.whole
        submission = whole.reading.submission if whole else None
        if sent is None or submission is None:
            return JSONResponse({"reason": "content" if sent is None else "broken"}, 400)
        try:
            if "name" in sent:
                settle_comment(self.engine.path, str(sent["name"]), done=bool(sent.get("done")))
            else:
                view = await self._of(audience_named(str(sent.get("audience", ""))))
                about = text_at(str(sent.get("place", "")), view, submission)
                if about is None:
                    return JSONResponse({"reason": "place"}, 409)
                add_comment(
                    self.engine.path,
                    submission,
                    about,
                    str(sent.get("author", "")),
                    str(sent.get("text", "")),
                    datetime.now().astimezone(),
                )
        except ValueError as error:
            return JSONResponse({"reason": str(error)}, 400)
        except OSError:
            return JSONResponse({"reason": "writing"}, 507)
        await self._tell_states()
        return JSONResponse({"file": comments_file(self.engine.path).name})

    async def _make_pages(self, request: Request) -> Response:
        audience = audience_of(request)
        if audience not in self._making or self._making[audience].done():
            self._making[audience] = asyncio.create_task(self._press(audience))
        return JSONResponse({})

    async def _press(self, audience: Audience) -> None:
        loop = asyncio.get_running_loop()

        def tell(page: int, share: float) -> None:
            if self._stop.is_set():
                raise Stopped
            message = {"state": "making", "page": page, "share": share}
            loop.call_soon_threadsafe(self._send_to, audience, "pages", message)

        self._send_to(audience, "pages", {"state": "making", "page": 0, "share": 0})
        engine = self.engine
        revision = (await self._of(audience)).revision
        try:
            made = await asyncio.to_thread(
                self._press_of_pages.make, engine.path, audience, engine.theme, engine.templates, tell, revision
            )
        except Exception:
            made = Pages()
        if made.files:
            self._pages[audience] = made
        failed = {"state": "failed", "revision": revision}
        self._send_to(audience, "pages", self._pages_state(audience) if made.files else failed)

    def _pages_state(self, audience: Audience) -> dict[str, Any]:
        made = self._pages.get(audience)
        if made is None:
            return {"state": "none"}
        marks = {language: mark(data) for language, data in made.files.items()}
        return {"state": "ready", "languages": sorted(made.files), "marks": marks, "revision": made.revision}

    async def _show_pages(self, request: Request) -> Response:
        made = self._pages.get(audience_of(request))
        data = made.files.get(request.path_params["language"]) if made else None
        return PlainTextResponse("", 404) if data is None else Response(data, media_type="application/pdf")

    # Telling pages

    def _row(self, row: Any) -> dict[str, Any]:
        path = self.engine.path
        home = (path if path.is_dir() else path.parent).as_posix()
        return as_json(row, partial(place_for_page, home=f"{home}/"))

    def _send_to(self, audience: Audience, name: str, data: Any) -> None:
        for reader in self._readers:
            if reader.audience is audience:
                self._send(reader, name, data)

    def _send(self, reader: _Reader, name: str, data: Any) -> None:
        """Send a message; a page that does not listen is told to begin anew when it does."""
        try:
            reader.waiting.put_nowait(event(name, data))
        except asyncio.QueueFull:
            while not reader.waiting.empty():
                reader.waiting.get_nowait()
            reader.waiting.put_nowait(event("hello", {"revision": -1}))


def listen(port: int) -> socket.socket:
    """Return a socket on this computer; port 0 lets the system choose.

    Raises:
        OSError: The port is taken.
    """
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    alone = getattr(socket, "SO_EXCLUSIVEADDRUSE", None)  # Windows lets others share a port that may be reused
    listener.setsockopt(socket.SOL_SOCKET, alone or socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, port))
        listener.listen()  # who is quicker than the server waits, and is not turned away
    except OSError:
        listener.close()
        raise
    return listener


def _static(name: str) -> bytes:
    return (resource("templates") / "preview" / name).read_bytes()


__all__ = ["Server", "listen"]
