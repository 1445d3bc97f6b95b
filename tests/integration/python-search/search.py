"""Fills a SQLite store through Python's client, dumps it, and answers searches with ids or "error".

Reads one JSON object on stdin, writes one on stdout. Doubles travel as text, so that NaN and infinities survive.
"""

import json
import math
import sys

from mlflow import MlflowClient
from mlflow.entities import Dataset, DatasetInput, InputTag, Metric, Param, RunTag, ViewType
from mlflow.exceptions import MlflowException

request = json.load(sys.stdin)
client = MlflowClient(request["uri"])


def fill_runs():
    experiment_id = client.create_experiment("searched")
    for run in request["runs"]:
        tags = {"mlflow.user": run["user"], **run["tags"]}
        created = client.create_run(experiment_id, start_time=run["start"], tags=tags, run_name=run["name"])
        run_id = created.info.run_id
        metrics = [Metric(key, float(value), 1, 0) for key, value in run["metrics"].items()]
        params = [Param(key, value) for key, value in run["params"].items()]
        client.log_batch(run_id, metrics=metrics, params=params, tags=[RunTag("filled", "yes")])
        for name, digest, context in run["datasets"]:
            dataset = Dataset(name, digest, "code", "{}")
            input_tags = [InputTag("mlflow.data.context", context)] if context else []
            client.log_inputs(run_id, datasets=[DatasetInput(dataset, input_tags)])
        if run["end"] is not None:
            client.set_terminated(run_id, run["status"], end_time=run["end"])
    return experiment_id


def fill_models(experiment_id):
    run_id = client.create_run(client.create_experiment("measuring")).info.run_id
    for model in request["models"]:
        created = client.create_logged_model(
            experiment_id,
            name=model["name"],
            model_type=model["type"],
            tags=model["tags"],
            params=model["params"],
        )
        for key, value, name, digest, step in model["metrics"]:
            client.log_metric(
                run_id, key, value, step=step, timestamp=1 + step, model_id=created.model_id, dataset_name=name, dataset_digest=digest
            )


def number(value):
    if math.isnan(value):
        return "NaN"
    return repr(value).replace("inf", "Infinity")


def text(token):
    return token.decode() if isinstance(token, bytes) else token or None


def dump_run(run):
    return {
        "info": {
            "runId": run.info.run_id,
            "runName": run.info.run_name,
            "experimentId": run.info.experiment_id,
            "userId": run.info.user_id,
            "status": run.info.status,
            "startTime": run.info.start_time,
            "endTime": run.info.end_time,
            "artifactUri": run.info.artifact_uri,
            "lifecycleStage": run.info.lifecycle_stage,
        },
        "params": run.data.params,
        "metrics": {key: number(value) for key, value in run.data.metrics.items()},
        "tags": run.data.tags,
        "datasets": [
            {
                "name": input.dataset.name,
                "digest": input.dataset.digest,
                "tags": {tag.key: tag.value for tag in input.tags},
            }
            for input in run.inputs.dataset_inputs
        ],
    }


def dump_experiment(experiment):
    return {
        "experimentId": experiment.experiment_id,
        "name": experiment.name,
        "artifactLocation": experiment.artifact_location,
        "lifecycleStage": experiment.lifecycle_stage,
        "creationTime": experiment.creation_time,
        "lastUpdateTime": experiment.last_update_time,
        "tags": experiment.tags,
    }


def dump_model(model):
    return {
        "modelId": model.model_id,
        "experimentId": model.experiment_id,
        "name": model.name,
        "artifactLocation": model.artifact_location,
        "creationTimestamp": model.creation_timestamp,
        "lastUpdatedTimestamp": model.last_updated_timestamp,
        "modelType": model.model_type,
        "status": "PENDING",
        "lifecycleStage": "active",
        "params": model.params,
        "tags": model.tags,
        "metrics": [
            {
                "key": metric.key,
                "value": metric.value,
                "timestamp": metric.timestamp,
                "step": metric.step,
                "runId": metric.run_id,
                "datasetName": metric.dataset_name,
                "datasetDigest": metric.dataset_digest,
            }
            for metric in model.metrics or []
        ],
    }


def answer(search):
    try:
        return search()
    except Exception as error:  # Python's own parser lets ValueError and KeyError out for some filters
        return {"error": error.error_code if isinstance(error, MlflowException) else type(error).__name__}


def search_runs(experiment_id, case):
    page = client.search_runs(
        [experiment_id], case["filter"], ViewType.ACTIVE_ONLY, case["maxResults"], case["orderBy"], case["pageToken"]
    )
    return {"ids": [run.info.run_id for run in page], "token": text(page.token)}


def search_experiments(case):
    page = client.search_experiments(
        filter_string=case["filter"], order_by=case["orderBy"], max_results=case["maxResults"], page_token=case["pageToken"]
    )
    return {"ids": [experiment.experiment_id for experiment in page], "token": text(page.token)}


def order_object(text):
    field_name, _, direction = text.partition(" ")
    return {"field_name": field_name, "ascending": direction.upper() != "DESC"}


def search_models(experiment_id, case):
    datasets = [
        {"dataset_name": dataset["name"], **({"dataset_digest": dataset["digest"]} if "digest" in dataset else {})}
        for dataset in case["datasets"]
    ]
    page = client.search_logged_models(
        [experiment_id],
        filter_string=case["filter"],
        datasets=datasets or None,
        order_by=[order_object(item) for item in case["orderBy"]],
        max_results=case["maxResults"],
    )
    return {"ids": [model.model_id for model in page]}


experiment_id = fill_runs()
fill_models(experiment_id)
for experiment in request["experiments"]:
    client.create_experiment(experiment["name"], tags=experiment["tags"])

json.dump(
    {
        "runs": [dump_run(run) for run in client.search_runs([experiment_id])],
        "experiments": [dump_experiment(experiment) for experiment in client.search_experiments()],
        "models": [dump_model(model) for model in client.search_logged_models([experiment_id], max_results=50)],
        "runAnswers": [answer(lambda: search_runs(experiment_id, case)) for case in request["runCases"]],
        "experimentAnswers": [answer(lambda: search_experiments(case)) for case in request["experimentCases"]],
        "modelAnswers": [answer(lambda: search_models(experiment_id, case)) for case in request["modelCases"]],
    },
    sys.stdout,
)
