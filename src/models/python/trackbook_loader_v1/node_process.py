"""The Node process behind a model, and the messages to it; node/frames.ts is the other side."""

from __future__ import annotations

import collections
import json
import logging
import os
import shutil
import subprocess
import threading
import weakref
from collections.abc import Sequence
from typing import IO, Any, NamedTuple

from . import errors

MAGIC = b"TBK1"
DEFAULT_TIMEOUT = 600.0
# How long a process that was told to end is waited for.
ENDING = 2.0

logger = logging.getLogger("trackbook")
# Of what a process says on stderr so many chunks of so many bytes are kept, and of their text the end is shown.
CHUNKS = 16
CHUNK = 4096
SHOWN = 4000
# How long the rest is waited for once the process is gone.
PATIENCE = 1.0


class Answer(NamedTuple):
    body: dict[str, Any]
    blocks: list[bytearray]


class _Died(Exception):
    """The process is gone, or does not read any more."""


class NodeProcess:
    """One Node process, started when it is first asked and again when it has died. Threads ask it in turn."""

    def __init__(self, script: str, folder: str) -> None:
        self._script = script
        self._folder = folder
        self._lock = threading.Lock()
        self._running: _Running | None = None
        _everyone.add(self)

    def facts(self) -> dict[str, Any]:
        """What Node says of itself when it is ready."""
        with self._lock:
            return self._started().facts

    def ask(self, body: dict[str, Any], blocks: Sequence[memoryview]) -> Answer:
        with self._lock:
            reused = self._running is not None
            try:
                return self._exchange(body, blocks)
            except _Died:
                # One that was there before may have died since it was last asked.
                if not reused:
                    raise self._end() from None
                self._end()
            try:
                return self._exchange(body, blocks)
            except _Died:
                raise self._end() from None

    def _exchange(self, body: dict[str, Any], blocks: Sequence[memoryview]) -> Answer:
        running = self._started()
        try:
            answer = running.exchange(body, blocks)
        except _Died:
            raise
        except BaseException:
            # Half a message, sent or read, cannot be gone on with: an interrupt, say.
            self._running = None
            running.kill()
            raise
        if "error" in answer.body:
            raise errors.failed(answer.body["error"], self._folder, running.program)
        return answer

    def _started(self) -> _Running:
        if self._running is None:
            running = _Running(self._script, self._folder)
            self._running = running
            try:
                running.await_ready(self._folder)
            except _Died:
                raise self._end() from None
            except BaseException:
                self._running = None
                running.kill()
                raise
        return self._running

    def _end(self) -> errors.NodeModelError:
        running, self._running = self._running, None
        assert running is not None
        running.stop()
        return errors.died(running.ended_how(), running.last_words())

    def forget(self) -> None:
        """After a fork: the process is the parent's, and so is a lock that was held."""
        self._lock = threading.Lock()
        running, self._running = self._running, None
        if running is not None:
            running.close()


class _Running:
    """A process that has been started."""

    def __init__(self, script: str, folder: str) -> None:
        self.program = _find_node()
        self.facts: dict[str, Any] = {}
        with _starting:
            try:
                self._process = subprocess.Popen(
                    [self.program, script, folder],
                    bufsize=0,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.PIPE,
                )
            except OSError as error:
                raise errors.not_started(self.program, error) from error
            self._pid = os.getpid()
        self._words = _LastWords(self._process.stderr)
        self._finalizer = weakref.finalize(self, _stop, self._process, self._pid)

    def await_ready(self, folder: str) -> None:
        answer = self._in_time(self._read)
        if "error" in answer.body:
            raise errors.failed(answer.body["error"], folder, self.program)
        self.facts = answer.body

    def exchange(self, body: dict[str, Any], blocks: Sequence[memoryview]) -> Answer:
        def both() -> Answer:
            self._write(body, blocks)
            return self._read()

        return self._in_time(both)

    def _in_time(self, work: Any) -> Answer:
        seconds = _timeout()
        if seconds == 0:
            return work()
        # Ending the process is what wakes a thread that waits for it, on every system.
        expired = threading.Event()

        def expire() -> None:
            expired.set()
            self._process.kill()

        timer = threading.Timer(seconds, expire)
        timer.daemon = True
        timer.start()
        try:
            return work()
        except _Died:
            if expired.is_set():
                raise errors.timed_out(seconds, self.last_words()) from None
            raise
        finally:
            timer.cancel()

    def _write(self, body: dict[str, Any], blocks: Sequence[memoryview]) -> None:
        text = json.dumps({"blocks": [block.nbytes for block in blocks], "body": body}, allow_nan=False).encode("ascii")
        head = MAGIC + len(text).to_bytes(4, "little") + text
        try:
            for piece in (memoryview(head), *blocks):
                while piece.nbytes:
                    piece = piece[self._process.stdin.write(piece) :]
        except OSError as error:
            raise _Died() from error

    def _read(self) -> Answer:
        start = self._read_bytes(len(MAGIC))
        if start != MAGIC:
            self.kill()
            raise errors.no_answer(bytes(start), self.program, self.last_words())
        text = self._read_bytes(int.from_bytes(self._read_bytes(4), "little"))
        message = json.loads(text.decode("utf-8"))
        return Answer(message["body"], [self._read_bytes(length) for length in message["blocks"]])

    def _read_bytes(self, length: int) -> bytearray:
        taken = bytearray(length)
        rest = memoryview(taken)
        while rest.nbytes:
            count = self._process.stdout.readinto(rest)
            if not count:
                raise _Died()
            rest = rest[count:]
        return taken

    def last_words(self) -> str:
        return self._words.text()

    def ended_how(self) -> str:
        code = self._process.returncode
        if code is None:
            return "without closing"
        return f"by signal {-code}" if code < 0 else f"with exit code {code}"

    def stop(self) -> None:
        """Lets it end, and waits for that."""
        self._finalizer()

    def kill(self) -> None:
        self._process.kill()
        self.stop()

    def close(self) -> None:
        """Lets go of a process that is another's child: nothing is said to it, and it is not waited for."""
        self._finalizer.detach()
        self._process.returncode = 0
        for pipe in (self._process.stdin, self._process.stdout, self._process.stderr):
            pipe.close()


class _LastWords:
    """The end of what a process says on stderr. The pipe is read to its end, so that the process never waits for it;
    everything goes to the logger `trackbook` at the level DEBUG."""

    def __init__(self, pipe: IO[bytes]) -> None:
        self._pipe = pipe
        self._chunks: collections.deque[bytes] = collections.deque(maxlen=CHUNKS)
        self._thread = threading.Thread(target=self._listen, name="trackbook-stderr", daemon=True)
        self._thread.start()

    def text(self) -> str:
        self._thread.join(PATIENCE)
        return b"".join(self._chunks).decode("utf-8", "replace").strip()[-SHOWN:]

    def _listen(self) -> None:
        try:
            while True:
                chunk = os.read(self._pipe.fileno(), CHUNK)
                if not chunk:
                    break
                self._chunks.append(chunk)
                logger.debug("%s", chunk.decode("utf-8", "replace").rstrip())
            self._pipe.close()
        except (OSError, ValueError):
            # Closed meanwhile.
            pass


def _stop(process: subprocess.Popen, pid: int) -> None:
    """Node ends when its stdin does."""
    if pid != os.getpid():
        return
    process.stdin.close()
    try:
        process.wait(ENDING)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    process.stdout.close()


def _find_node() -> str:
    named = os.environ.get("TRACKBOOK_NODE")
    found = shutil.which(named or "node")
    if found is None:
        raise errors.no_node(named)
    return found


def _timeout() -> float:
    text = os.environ.get("TRACKBOOK_PREDICT_TIMEOUT", "")
    try:
        seconds = float(text) if text.strip() else DEFAULT_TIMEOUT
    except ValueError:
        raise errors.bad_timeout(text) from None
    if not 0 <= seconds <= threading.TIMEOUT_MAX:
        raise errors.bad_timeout(text)
    return seconds


_everyone: weakref.WeakSet[NodeProcess] = weakref.WeakSet()
# Held while a process is started: a fork in between would give the pipes to a child that never closes them.
_starting = threading.RLock()


def _after_fork_in_child() -> None:
    global _starting
    _starting = threading.RLock()
    for process in list(_everyone):
        process.forget()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(
        before=lambda: _starting.acquire(),
        after_in_parent=lambda: _starting.release(),
        after_in_child=_after_fork_in_child,
    )
