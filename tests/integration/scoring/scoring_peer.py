"""Serves models under MLflow's own scoring app, one below each path, and prints the port once it answers.

Each model says in its predictions what it was given, so that what becomes of a request's values on their way is compared too.
"""

import json
import logging
import os
import socket
import sys
import warnings

warnings.filterwarnings("ignore")

import mlflow
import numpy as np
import pandas as pd
import uvicorn
from mlflow.models import ModelSignature
from mlflow.pyfunc import scoring_server
from mlflow.types import ParamSchema, Schema
from starlette.applications import Starlette
from starlette.routing import Mount

logging.disable(logging.WARNING)


def told(value):
    """A value as JSON can tell it, its kind included where JSON has none."""
    if isinstance(value, np.ndarray) and value.ndim == 0:
        return told(value.item())
    if isinstance(value, (np.ndarray, pd.Series, list, tuple)):
        return [told(item) for item in value]
    if isinstance(value, dict):
        return {str(key): told(item) for key, item in value.items()}
    if isinstance(value, (bytes, np.bytes_)):
        return "bytes:" + bytes(value).hex()
    if value is None or value is pd.NaT:
        return None
    if isinstance(value, (pd.Timestamp, np.datetime64)):
        return None if pd.isnull(value) else "time:" + pd.Timestamp(value).isoformat(timespec="milliseconds")
    if isinstance(value, (bool, np.bool_)):
        return bool(value)
    if isinstance(value, (int, np.integer)):
        return int(value)
    if isinstance(value, (float, np.floating)):
        value = float(value)
        return value if np.isfinite(value) else None if np.isnan(value) else "inf" if value > 0 else "-inf"
    return str(value)


def frame_told(frame, by):
    """A table as rows by name, as rows of cells, or as JavaScript has it where no signature says what it is: columns, or lists."""
    cells = [[told(frame.iloc[row, at]) for at in range(len(frame.columns))] for row in range(len(frame))]
    if by == "cells":
        return {"rows": cells}
    if by == "names":
        return {"rows": [dict(zip(map(str, frame.columns), row)) for row in cells]}
    if all(isinstance(name, str) for name in frame.columns):
        columns = [[row[at] for row in cells] for at in range(len(frame.columns))]
        return {name: {"shape": [len(cells)], "values": column} for name, column in zip(frame.columns, columns)}
    return {"shape": list(frame.shape), "values": cells}


class Told(mlflow.pyfunc.PythonModel):
    """Predicts what it was given."""

    def __init__(self, by):
        self.by = by

    def predict(self, context, model_input, params=None):
        if isinstance(model_input, pd.DataFrame):
            data = frame_told(model_input, self.by)
        elif isinstance(model_input, np.ndarray) and model_input.ndim > 0:
            data = {"shape": list(model_input.shape), "values": told(model_input)}
        elif isinstance(model_input, dict):
            data = {
                str(name): {"shape": list(value.shape), "values": told(value)} if isinstance(value, np.ndarray) and value.ndim > 0 else told(value)
                for name, value in model_input.items()
            }
        else:
            data = told(model_input)
        return {"data": data, "params": {name: told(value) for name, value in (params or {}).items()}}


class Linear(mlflow.pyfunc.PythonModel):
    def predict(self, context, model_input, params=None):
        return 2 * model_input["a"].to_numpy() + 3 * model_input["b"].to_numpy() + 1


class Raises(mlflow.pyfunc.PythonModel):
    def predict(self, context, model_input, params=None):
        raise ValueError("the model cannot")


class NotNumbers(mlflow.pyfunc.PythonModel):
    def predict(self, context, model_input, params=None):
        return [float("nan"), 1.5, None]


KINDS = {
    "told": lambda: Told("names"),
    "toldCells": lambda: Told("cells"),
    "toldFree": lambda: Told("columns"),
    "linear": Linear,
    "raises": Raises,
    "notNumbers": NotNumbers,
}


def app_of(name, folder, kind=None, signature=None, path=None):
    if path is not None:
        return scoring_server.init(mlflow.pyfunc.load_model(path))
    parts = signature and ModelSignature(
        inputs=signature.get("inputs") and Schema.from_json(json.dumps(signature["inputs"])),
        params=signature.get("params") and ParamSchema.from_json(json.dumps(signature["params"])),
    )
    path = os.path.join(folder, name)
    mlflow.pyfunc.save_model(path, python_model=KINDS[kind](), signature=parts, pip_requirements=[])
    return scoring_server.init(mlflow.pyfunc.load_model(path))


def main():
    folder, models = sys.argv[1], json.load(sys.stdin)
    routes = [Mount("/" + name, app_of(name, folder, **one)) for name, one in models.items()]
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(Starlette(routes=routes), log_level="critical"))
    # The socket listens from here on: who asks is answered once the server runs.
    listening.listen(100)
    print(json.dumps(listening.getsockname()[1]), flush=True)
    server.run(sockets=[listening])


main()
