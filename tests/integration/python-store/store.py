"""Dumps, fills and continues a file store with Python's own client. See python-store.test.ts."""
import inspect
import json
import math
import os
import struct
import sys
import tempfile
from enum import Enum

import mlflow
import numpy as np
from mlflow import MlflowClient
from mlflow.entities import (
    Dataset,
    DatasetInput,
    InputTag,
    LoggedModelInput,
    LoggedModelOutput,
    Metric,
    Param,
    RunTag,
    ViewType,
)
from mlflow.exceptions import MlflowException
from sklearn.linear_model import LinearRegression


def bits(value):
    return struct.pack(">d", value).hex()


def names_of(entity):
    """The fields of an entity: every public property, and every attribute that its class declares or it was given."""
    kind = type(entity)
    properties = [name for name, _ in inspect.getmembers(kind, lambda member: isinstance(member, property))]
    declared = getattr(kind, "__dataclass_fields__", {})
    given = vars(entity) if hasattr(entity, "__dict__") else {}
    return sorted({name for name in [*properties, *declared, *given] if not name.startswith("_")})


def is_pair(value):
    return type(value).__module__.startswith("mlflow.entities") and names_of(value) == ["key", "value"]


def plain(value):
    """An entity with all that is in it: see plain.ts."""
    if isinstance(value, Enum):
        return str(value)
    if isinstance(value, (str, bool)):
        return value
    if isinstance(value, (int, float)):
        return bits(value)
    if isinstance(value, dict):
        return {key: plain(field) for key, field in value.items() if field is not None}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    assert type(value).__module__.startswith("mlflow.entities"), type(value)
    fields = {name: getattr(value, name) for name in names_of(value)}
    return {name: plain(pairs(name, field)) for name, field in fields.items() if field is not None}


def pairs(name, field):
    """Tags are a list of keys and values in some entities, and a dictionary in others."""
    if isinstance(field, (list, tuple)) and (name == "tags" or (field and all(map(is_pair, field)))):
        return {pair.key: pair.value for pair in field}
    return field


def dump_artifacts(client, run_id, path=None):
    found = {}
    for f in client.list_artifacts(run_id, path):
        if f.path in found:
            continue
        content = None
        if not f.is_dir:
            with open(client.download_artifacts(run_id, f.path), "rb") as file:
                content = file.read().hex()
        found[f.path] = {"info": f, "content": content}
        if f.is_dir:
            found.update(dump_artifacts(client, run_id, f.path))
    return found


def dump_run(client, run):
    run_id = run.info.run_id
    return {
        "run": plain(run),
        "latest_metrics": plain(run.data._metric_objs),
        "histories": {key: plain(client.get_metric_history(run_id, key)) for key in run.data.metrics},
        "artifacts": plain(dump_artifacts(client, run_id)),
    }


def dump(client):
    experiments = client.search_experiments(view_type=ViewType.ALL)
    ids = [e.experiment_id for e in experiments]
    runs = client.search_runs(ids, run_view_type=ViewType.ALL, max_results=50000)
    return {
        "experiments": plain(list(experiments)),
        "runs": [dump_run(client, run) for run in runs],
        "models": plain(list(client.search_logged_models(ids))),
    }


def fill(client):
    e = client.create_experiment("by Python: é", tags={"team": "a b", "note/x": "long\ntext"})
    run = client.create_run(e, start_time=1700000000123, tags={"mlflow.user": "bob", "é/ü": ""}, run_name="first: run")
    r = run.info.run_id
    for key, value in {"lr": 0.1, "none": None, "deep/nested key": "a\nb ", "é": "ü", "empty": ""}.items():
        client.log_param(r, key, value)
    values = [1.5, math.nan, math.inf, -math.inf, -0.0, 1e22, 5e-324, 1e-5, 0.1 + 0.2, 3]
    for i, value in enumerate(values):
        client.log_metric(r, "val/loss", value, timestamp=1700000000000 + i, step=i - 4)
    for i in range(3):
        client.log_metric(r, "same step", i % 2, timestamp=5, step=0)
    client.log_batch(r, metrics=[Metric("many", i / 7, i, i) for i in range(500)], params=[Param("p", "1")], tags=[RunTag("t", "1")])
    data = Dataset("iris", "d1", "local", '{"uri": "iris.csv"}', '{"mlflow_colspec": []}', None)
    long = Dataset("long", "d2", "local", "s" * 300, None, json.dumps({"rows": 150, "text": "x y " * 60}))
    context = [InputTag("mlflow.data.context", "training")]
    client.log_inputs(r, datasets=[DatasetInput(data, context), DatasetInput(long, [])])
    client.log_metric(r, "on data", 0.5, timestamp=1, step=3, dataset_name="iris", dataset_digest="d1")
    client.log_text(r, "hé\n", "notes/é.txt")
    client.log_dict(r, {"a": [1, None, "é"]}, "d.json")
    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(folder, "raw.bin"), "wb") as raw:
            raw.write(bytes(range(256)))
        client.log_artifacts(r, folder, "files")
    m = client.create_logged_model(e, "model", r, tags={"a": "1"}, params={"depth": "3"}, model_type="tree")
    client.log_metric(r, "rmse", 2.0, timestamp=7, step=1, model_id=m.model_id)
    client.log_metric(r, "rmse", 3.0, timestamp=8, step=0, model_id=m.model_id, dataset_name="iris", dataset_digest="d1")
    client.finalize_logged_model(m.model_id, "READY")
    client.set_logged_model_tags(m.model_id, {"b": "2"})
    client.finalize_logged_model(client.create_logged_model(e, "failed").model_id, "FAILED")
    client.delete_logged_model(client.create_logged_model(e, "deleted").model_id)
    client.log_inputs(r, models=[LoggedModelInput("m-input")])
    client.log_outputs(r, [LoggedModelOutput(m.model_id, 2)])
    client.set_terminated(r, "FAILED", 1700000009999)
    client.delete_run(client.create_run(e, run_name="deleted").info.run_id)
    back = client.create_run(e, run_name="restored").info.run_id
    client.delete_run(back)
    client.restore_run(back)
    for name in ["gone", "back"]:
        other = client.create_experiment(name)
        client.create_run(other)
        client.delete_experiment(other)
    client.restore_experiment(other)
    client.rename_experiment(other, "back again: # yes")
    client.set_tag(client.create_run("0").info.run_id, "mlflow.runName", "by tag")
    return {"runId": r}


def go_on(client, run_id):
    """Writes to a run that another began, and answers what it refused."""
    client.update_run(run_id, status="RUNNING")
    for step in range(3, 6):
        client.log_metric(run_id, "shared", step / 2, timestamp=1000 + step, step=step)
    client.log_param(run_id, "from python", 1)
    client.log_param(run_id, "shared", "same")
    client.set_tag(run_id, "tag", "python's")
    client.log_text(run_id, "p", "both/python.txt")
    client.log_inputs(run_id, [DatasetInput(Dataset("python", "p1", "local", "s"), [])])
    try:
        client.log_param(run_id, "shared", "other")
        refused = None
    except MlflowException as error:
        refused = error.error_code
    client.set_terminated(run_id)
    return {"refused": refused}


def train(client, run_id=None):
    """Begins a run, or goes on with another's, by a training that MLflow's own autologging records."""
    mlflow.sklearn.autolog(log_models=False, silent=True)
    with mlflow.start_run(run_id=run_id) as run:
        LinearRegression().fit(np.array([[1.0], [2.0], [3.0]]), np.array([2.0, 4.0, 7.0]))
        mlflow.log_metric("shared", 1.0, step=1)
    return {"runId": run.info.run_id}


def append(client, run_id):
    """One of several writers on one run."""
    for step in range(300):
        client.log_metric(run_id, "loss", 300_000 + step, timestamp=step, step=step)
    return {}


command, uri, *rest = sys.argv[1:]
# The client asks the fluent API's store where a run's models lie.
mlflow.set_tracking_uri(uri)
answer = {"dump": dump, "fill": fill, "go-on": go_on, "append": append, "train": train}[command](MlflowClient(uri, uri), *rest)
print(json.dumps(answer))
