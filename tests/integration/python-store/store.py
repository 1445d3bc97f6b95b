"""Dumps, fills and continues a file store with Python's own client. See python-store.test.ts."""
import json
import math
import os
import struct
import sys
import tempfile

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


def bits(value):
    return struct.pack(">d", value).hex()


def present(**fields):
    return {key: value for key, value in fields.items() if value is not None}


def dump_metric(m):
    # Python forgets the step of a point with a data set (it reads 0), so it is not compared.
    return present(
        key=m.key,
        value=bits(m.value),
        timestamp=m.timestamp,
        step=None if m.dataset_name else m.step,
        runId=m.run_id,
        modelId=m.model_id,
        datasetName=m.dataset_name,
        datasetDigest=m.dataset_digest,
    )


def dump_model_metric(m):
    return {**dump_metric(m), "step": m.step}


def dump_experiment(e):
    return present(
        experimentId=e.experiment_id,
        name=e.name,
        artifactLocation=e.artifact_location,
        lifecycleStage=e.lifecycle_stage,
        creationTime=e.creation_time,
        lastUpdateTime=e.last_update_time,
        tags=dict(e.tags),
    )


def dump_dataset_input(i):
    d = i.dataset
    dataset = present(
        name=d.name, digest=d.digest, sourceType=d.source_type, source=d.source, schema=d.schema, profile=d.profile
    )
    return {"dataset": dataset, "tags": {t.key: t.value for t in i.tags}}


def dump_artifacts(client, run_id, path=None):
    files = {}
    for f in client.list_artifacts(run_id, path):
        if f.is_dir:
            files.update(dump_artifacts(client, run_id, f.path))
        else:
            with open(client.download_artifacts(run_id, f.path), "rb") as content:
                data = content.read()
            assert len(data) == f.file_size
            files[f.path] = data.hex()
    return files


def dump_run(client, run):
    i, d = run.info, run.data
    return {
        "info": present(
            runId=i.run_id,
            runName=i.run_name,
            experimentId=i.experiment_id,
            userId=i.user_id,
            status=i.status,
            startTime=i.start_time,
            endTime=i.end_time,
            artifactUri=i.artifact_uri,
            lifecycleStage=i.lifecycle_stage,
        ),
        "params": dict(d.params),
        "tags": dict(d.tags),
        "metrics": {key: bits(value) for key, value in d.metrics.items()},
        "latestMetrics": sorted((dump_metric(m) for m in d._metric_objs), key=lambda m: m["key"]),
        "histories": {key: [dump_metric(m) for m in client.get_metric_history(i.run_id, key)] for key in d.metrics},
        "datasetInputs": sorted(map(dump_dataset_input, run.inputs.dataset_inputs), key=lambda x: x["dataset"]["digest"]),
        "modelInputs": sorted(m.model_id for m in run.inputs.model_inputs),
        "modelOutputs": sorted([m.model_id, m.step] for m in run.outputs.model_outputs),
        "artifacts": dump_artifacts(client, i.run_id),
    }


def dump_model(m):
    return present(
        modelId=m.model_id,
        experimentId=m.experiment_id,
        name=m.name,
        artifactLocation=m.artifact_location,
        creationTimestamp=m.creation_timestamp,
        lastUpdatedTimestamp=m.last_updated_timestamp,
        modelType=m.model_type,
        sourceRunId=m.source_run_id,
        status=str(m.status),
        statusMessage=m.status_message,
        params=dict(m.params),
        tags=dict(m.tags),
        metrics=sorted(map(dump_model_metric, m.metrics or []), key=lambda x: (x["key"], x.get("datasetName", ""))),
    )


def dump(client):
    experiments = client.search_experiments(view_type=ViewType.ALL)
    ids = [e.experiment_id for e in experiments]
    runs = client.search_runs(ids, run_view_type=ViewType.ALL, max_results=50000)
    by_id = lambda key: lambda x: x[key]
    return {
        "experiments": sorted(map(dump_experiment, experiments), key=by_id("experimentId")),
        "runs": sorted((dump_run(client, r) for r in runs), key=lambda r: r["info"]["runId"]),
        "models": sorted(map(dump_model, client.search_logged_models(ids)), key=by_id("modelId")),
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


def append(client, run_id):
    """One of several writers on one run."""
    for step in range(300):
        client.log_metric(run_id, "loss", 300_000 + step, timestamp=step, step=step)
    return {}


command, uri, *rest = sys.argv[1:]
answer = {"dump": dump, "fill": fill, "go-on": go_on, "append": append}[command](MlflowClient(uri, uri), *rest)
print(json.dumps(answer))
