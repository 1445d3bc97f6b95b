"""Answers one JSON question a line: models, signatures and registered models as Python writes them, and what Python's enforcement of a signature takes."""

import datetime
import json
import os
import sys
import warnings

warnings.filterwarnings("ignore")

import mlflow
import numpy as np
import pandas as pd
from mlflow.models import Model, infer_signature
from mlflow.models.utils import _enforce_schema
from mlflow.types import Schema
from sklearn.datasets import load_iris
from sklearn.linear_model import LinearRegression


# Said here, for MLflow would find them out by loading the model in another process, which takes seconds.
REQUIREMENTS = ["scikit-learn"]


def sklearn_model(path):
    """Saves a scikit-learn model, as every tutorial does, and says what its signature is."""
    frame = load_iris(as_frame=True).data
    model = LinearRegression().fit(frame, frame.sum(axis=1))
    signature = infer_signature(frame, model.predict(frame), params={"temperature": 0.5, "stop": ["a"], "count": 3})
    mlflow.sklearn.save_model(model, path, signature=signature, input_example=frame.head(2), metadata={"note": "yes"}, pip_requirements=REQUIREMENTS)
    return signature.to_dict()


def signatures(folder):
    """Saves a model for each of these signatures, and says what they are."""
    at = datetime.datetime(2026, 11, 22, 4, 30, 7, 28000)
    inputs = {
        "frame": pd.DataFrame({"l": [1], "d": [0.5], "b": [True], "s": ["x"], "t": [at], "y": [b"x"], "n": [None]}),
        "small": pd.DataFrame({"i": np.int32([1]), "f": np.float32([1]), "u": np.uint8([1])}),
        "optional": pd.DataFrame({"a": ["x", None], "b": [1.0, np.nan]}),
        "nested": [{"tags": ["a"], "place": {"lat": 1.5}}, {"tags": [], "place": {"lat": 2.0, "label": "x"}}],
        "array": np.zeros((3, 4), dtype=np.float32),
        "texts": np.array(["x", "yy"]),
        "named arrays": {"left": np.zeros((2, 1)), "right": np.zeros((2, 3), dtype=np.int64)},
        "list": ["a", "b"],
        "params only": None,
    }
    params = {"t": 0.5, "n": 1, "on": True, "at": at, "stop": ["a", "b"], "place": {"lat": 1.5}}
    said = {}
    for name, value in inputs.items():
        signature = infer_signature(value, value, params=params)
        path = os.path.join(folder, name)
        os.mkdir(path)
        Model(signature=signature, flavors={"none": {}}).save(os.path.join(path, "MLmodel"))
        said[name] = signature.to_dict()
    return said


VALUES = {
    "bool": lambda: np.array([True, False]),
    "int8": lambda: np.int8([1, 2]),
    "uint8": lambda: np.uint8([1, 2]),
    "int16": lambda: np.int16([1, 2]),
    "int32": lambda: np.int32([1, 2]),
    "uint32": lambda: np.uint32([1, 2]),
    "int64": lambda: np.int64([1, 2]),
    "float32": lambda: np.float32([1, 2]),
    "float64": lambda: np.float64([1.5, 2]),
    "str": lambda: np.array(["x", "y"], dtype=object),
    "datetime": lambda: np.array(["2026-01-01", "2026-01-02"], dtype="datetime64[ms]"),
}


def taken():
    """For each column type what Python takes of arrays of each kind."""
    types = ["boolean", "integer", "long", "float", "double", "string", "datetime"]
    return {type_: [name for name, value in VALUES.items() if takes(type_, value())] for type_ in types}


def takes(type_, values):
    schema = Schema.from_json(json.dumps([{"name": "a", "type": type_, "required": True}]))
    try:
        _enforce_schema(pd.DataFrame({"a": values}), schema)
        return True
    except Exception:
        return False


def register(store, uri, alias):
    """Registers a model twice, and gives the first version an alias."""
    mlflow.set_tracking_uri(store)
    versions = [mlflow.register_model(uri, "wine").version for _ in range(2)]
    mlflow.MlflowClient().set_registered_model_alias("wine", alias, versions[0])
    return [int(version) for version in versions]


def logged(store):
    """Logs a model to a run as MLflow 3 does: not below the run's artifacts."""
    mlflow.set_tracking_uri(store)
    with mlflow.start_run() as run:
        info = mlflow.sklearn.log_model(LinearRegression().fit([[1.0], [2.0]], [1.0, 2.0]), name="line", pip_requirements=REQUIREMENTS)
    return {"run_id": run.info.run_id, "model_id": info.model_id}


for line in sys.stdin:
    question, arguments = json.loads(line)
    try:
        answer = {"result": globals()[question](*arguments)}
    except Exception as error:
        answer = {"error": repr(error)}
    print(json.dumps(answer, default=str), flush=True)
