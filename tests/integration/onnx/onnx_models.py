"""Answers one JSON question a line: logs ONNX models as Python does, and says what they predict."""

import json
import os
import sys
import warnings

warnings.filterwarnings("ignore")

import mlflow
import numpy as np
import onnx
import onnxruntime
import pandas as pd
from onnx import TensorProto, helper, numpy_helper
from skl2onnx import to_onnx
from sklearn.compose import ColumnTransformer
from sklearn.ensemble import GradientBoostingRegressor, RandomForestClassifier
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

REQUIREMENTS = ["onnx", "onnxruntime"]
random = np.random.default_rng(11)
X = random.normal(size=(60, 4))
COLUMNS = ["a", "b", "c", "d"]
FRAME = pd.DataFrame(X, columns=COLUMNS)
TARGETS = X @ [1.0, -2.0, 0.5, 3.0] + 0.1
CLASSES = (X[:, 0] > 0).astype(int) + (X[:, 1] > 0.5)


def of_sklearn(model, sample, **options):
    return to_onnx(model, sample, options=options or None)


def dense(weights, bias):
    """x · W + b, by hand; with large weights MLflow keeps them in a file of their own."""
    graph = helper.make_graph(
        [helper.make_node("Gemm", ["x", "W", "b"], ["y"])],
        "dense",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["rows", weights.shape[0]])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, ["rows", weights.shape[1]])],
        [numpy_helper.from_array(weights, "W"), numpy_helper.from_array(bias, "b")],
    )
    return made(graph)


def made(graph):
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)


def several():
    """Two inputs of two types, two outputs of two types."""
    graph = helper.make_graph(
        [
            helper.make_node("Cast", ["count"], ["number"], to=TensorProto.FLOAT),
            helper.make_node("Mul", ["x", "number"], ["scaled"]),
            helper.make_node("Greater", ["scaled", "limit"], ["large"]),
            helper.make_node("Add", ["count", "count"], ["twice"]),
        ],
        "several",
        [
            helper.make_tensor_value_info("x", TensorProto.FLOAT, ["rows"]),
            helper.make_tensor_value_info("count", TensorProto.INT64, ["rows"]),
        ],
        [
            helper.make_tensor_value_info("scaled", TensorProto.FLOAT, ["rows"]),
            helper.make_tensor_value_info("large", TensorProto.BOOL, ["rows"]),
            helper.make_tensor_value_info("twice", TensorProto.INT64, ["rows"]),
        ],
        [numpy_helper.from_array(np.float32(1.5), "limit")],
    )
    return made(graph)


def typed():
    """One input of every type that has an array in JavaScript, handed back as it came."""
    types = ["DOUBLE", "INT8", "UINT8", "INT16", "UINT16", "INT32", "UINT32", "UINT64", "BOOL", "STRING"]
    infos = [(name.lower(), getattr(TensorProto, name)) for name in types]
    graph = helper.make_graph(
        [helper.make_node("Identity", [name], [f"{name}_out"]) for name, _ in infos],
        "typed",
        [helper.make_tensor_value_info(name, kind, ["rows", 1]) for name, kind in infos],
        [helper.make_tensor_value_info(f"{name}_out", kind, ["rows", 1]) for name, kind in infos],
    )
    return made(graph)


def mixed():
    """Numbers and texts, one input for each column, as skl2onnx makes it of a ColumnTransformer."""
    frame = pd.DataFrame({"size": X[:, 0], "kind": np.where(X[:, 1] > 0, "wide", "narrow")})
    columns = ColumnTransformer([("size", StandardScaler(), ["size"]), ("kind", OneHotEncoder(), ["kind"])])
    return to_onnx(make_pipeline(columns, LinearRegression()).fit(frame, TARGETS), frame[:1])


MODELS = {
    "regression": lambda: (of_sklearn(GradientBoostingRegressor(n_estimators=20).fit(X, TARGETS), X[:1].astype("float32")), FRAME),
    "regression in double": lambda: (of_sklearn(LinearRegression().fit(X, TARGETS), X[:1]), FRAME),
    "classifier": lambda: (of_sklearn(LogisticRegression().fit(X, CLASSES), X[:1].astype("float32"), zipmap=False), X),
    "forest with a map": lambda: (of_sklearn(RandomForestClassifier(n_estimators=5).fit(X, CLASSES), X[:1].astype("float32")), FRAME),
    "several": lambda: (several(), {"x": np.float32([1, 2.5]), "count": np.int64([3, -4])}),
    "typed": lambda: (typed(), None),
    "mixed": lambda: (mixed(), None),
    "external": lambda: (dense(random.normal(size=(64, 48)).astype("float32"), np.zeros(48, "float32")), random.normal(size=(5, 64)).astype("float32")),
}


def save(name, path, session_options=None):
    """Saves the model of that name and says which files it has."""
    model, example = MODELS[name]()
    signature = None if example is None else mlflow.models.infer_signature(example)
    mlflow.onnx.save_model(
        model, path, signature=signature, pip_requirements=REQUIREMENTS, onnx_session_options=session_options
    )
    return sorted(os.listdir(path))


def log(name, store):
    mlflow.set_tracking_uri(store)
    model, example = MODELS[name]()
    signature = mlflow.models.infer_signature(example)
    with mlflow.start_run() as run:
        info = mlflow.onnx.log_model(model, name="onnx-model", signature=signature, pip_requirements=REQUIREMENTS)
    return {"run": run.info.run_id, "model": info.model_id}


def predict(path, kind, data):
    """What pyfunc answers: for a table a table, for arrays arrays by name."""
    answer = mlflow.pyfunc.load_model(path).predict(given(kind, data))
    if isinstance(answer, pd.DataFrame):
        return {name: answer[name].tolist() for name in answer}
    return {name: np.asarray(values).tolist() for name, values in answer.items()}


def given(kind, data):
    if kind == "frame":
        return pd.DataFrame(data)
    if kind == "dict":
        return {name: np.array(values["values"], dtype=values["dtype"]) for name, values in data.items()}
    return np.array(data, dtype=kind)


def run(path, feeds):
    """What onnxruntime itself answers."""
    session = onnxruntime.InferenceSession(os.path.join(path, "model.onnx"), providers=["CPUExecutionProvider"])
    names = [output.name for output in session.get_outputs()]
    return {name: value.tolist() for name, value in zip(names, session.run(names, given("dict", feeds)))}


QUESTIONS = {"save": save, "log": log, "predict": predict, "run": run}

for line in sys.stdin:
    question, arguments = json.loads(line)
    try:
        answer = {"result": QUESTIONS[question](*arguments)}
    except Exception as error:
        answer = {"error": f"{type(error).__name__}: {error}"}
    print(json.dumps(answer), flush=True)
