"""All that is said to whoever uses a model, in one place."""

from __future__ import annotations

import os
import shlex
from collections.abc import Mapping, Sequence
from typing import Any


class NodeModelError(RuntimeError):
    """A model that was trained in JavaScript could not be asked."""


NODE_WANTED = "Install Node.js 20.19 or later, or let TRACKBOOK_NODE name it"
CONVERT = "JavaScript has no counterpart. Convert it to numbers, text, dates or bytes."


def no_node(named: str | None) -> NodeModelError:
    if named:
        return NodeModelError(f"TRACKBOOK_NODE names {named!r}, which is no program that can be run. {NODE_WANTED}.")
    return NodeModelError(
        f"This model was trained in JavaScript and runs in Node.js, but there is no `node` on PATH. {NODE_WANTED}."
    )


def not_started(program: str, error: OSError) -> NodeModelError:
    return NodeModelError(f"{program} could not be started: {error}.")


def package_missing(name: str, looked: Sequence[str], folder: str) -> NodeModelError:
    is_locked = os.path.exists(os.path.join(folder, "package-lock.json"))
    command = "npm ci" if is_locked else f"npm install {name}"
    return NodeModelError(
        f"This model needs the npm package {name}, which is not installed; looked from {', '.join(looked)}. "
        f"To install it in the model's folder: {command} --prefix {shlex.quote(folder)}\n"
        "Or let TRACKBOOK_NODE_PATH name a folder in whose node_modules it is."
    )


def failed(error: Mapping[str, Any], folder: str, program: str) -> NodeModelError:
    """What Node says went wrong."""
    if "missing" in error:
        return package_missing(error["missing"], error["looked"], folder)
    if "old" in error:
        return NodeModelError(f"{program} is Node.js {error['old']}, which is too old. {NODE_WANTED}.")
    stack = error.get("stack")
    return NodeModelError(f"The model failed in Node.js: {error['message']}" + (f"\n{stack}" if stack else ""))


def died(how: str, last_words: str) -> NodeModelError:
    return NodeModelError(f"The Node.js process of this model ended {how} before it answered.{_said(last_words)}")


def timed_out(seconds: float, last_words: str) -> NodeModelError:
    return NodeModelError(
        f"The model did not answer within {seconds:g} s (TRACKBOOK_PREDICT_TIMEOUT). Its Node.js process was ended; "
        f"the next prediction starts another.{_said(last_words)}"
    )


def no_answer(start: bytes, program: str, last_words: str) -> NodeModelError:
    return NodeModelError(
        f"{program} is not Node.js, or prints before Node.js does: it began with {start!r}.{_said(last_words)}"
    )


def bad_timeout(value: str) -> NodeModelError:
    return NodeModelError(f"TRACKBOOK_PREDICT_TIMEOUT is {value!r}; it takes seconds, 0 for no limit.")


def no_data(data: object) -> TypeError:
    return TypeError(
        f"This model cannot be asked with a {type(data).__name__}: it takes a pandas DataFrame or Series, a numpy "
        "array, a dict of arrays or lists, or a list of numbers, texts, rows or records."
    )


def no_cell(value: object, where: str) -> TypeError:
    return TypeError(f"{where} holds a {type(value).__name__}, for which {CONVERT}")


def no_dtype(dtype: object, where: str) -> TypeError:
    return TypeError(f"{where} is of dtype {dtype}, for which {CONVERT}")


def unequal_lengths(lengths: Sequence[int]) -> ValueError:
    return ValueError(f"The columns are of different lengths: {', '.join(map(str, lengths))}.")


def _said(last_words: str) -> str:
    return f" It said last:\n{last_words}" if last_words else " It said nothing."
