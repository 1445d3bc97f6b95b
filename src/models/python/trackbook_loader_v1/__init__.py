"""Lets Python's MLflow ask a model that was trained in JavaScript: `mlflow.pyfunc.load_model(uri).predict(data)`.

A copy goes with every model. One Python process may load models of several releases, but imports this package only
once, from the first of them: so its name has the version of what Python and Node say to each other, and what changes
that changes the name.
"""

from __future__ import annotations

import json
import os
from typing import Any

from .answer import as_declared, decode_answer, joined
from .errors import NodeModelError
from .node_process import NodeProcess
from .request import Request, request_of

__all__ = ["NodeModel", "NodeModelError"]


def _load_pyfunc(path: str, model_config: object = None) -> NodeModel:
    """What MLflow calls, with the model's folder. Node is started when the model is first asked."""
    return NodeModel(path)


class NodeModel:
    """A model that runs in Node. Copies, and what is pickled, start a Node process of their own."""

    def __init__(self, path: str) -> None:
        self._path = os.path.abspath(path)
        code = os.path.join(self._path, "code", __name__)
        with open(os.path.join(code, "model.json"), encoding="utf-8") as file:
            description = json.load(file)
        self._inputs = description.get("inputs")
        self._outputs = description.get("outputs")
        self._process = NodeProcess(os.path.join(code, "main.cjs"), self._path)

    def predict(self, data: Any, params: dict[str, Any] | None = None) -> Any:
        """The predictions for every row of `data`, of the types that the signature declares."""
        request = request_of(data, self._inputs)
        whole = self._process.facts().get("whole", False)
        answers = [self._ask(part, params) for part in ([request] if whole else request.batches())]
        return as_declared(joined(answers), self._outputs)

    def _ask(self, request: Request, params: dict[str, Any] | None) -> Any:
        body, blocks = request.encode(params)
        return decode_answer(*self._process.ask(body, blocks))

    def __reduce__(self) -> tuple[Any, ...]:
        return NodeModel, (self._path,)

    def __repr__(self) -> str:
        return f"NodeModel({self._path!r})"
