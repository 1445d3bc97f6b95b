"""Prints what Python's MLflow reads of every run below ./mlruns as JSON, the oldest run first."""

import json
import math
import sys

import mlflow
from mlflow.tracking import MlflowClient

mlflow.set_tracking_uri(sys.argv[1])
client = MlflowClient()
runs = client.search_runs(["0"], order_by=["attributes.start_time ASC"])


def history(run_id, key):
    return [[metric.step, number(metric.value)] for metric in client.get_metric_history(run_id, key)]


def number(value):
    return value if math.isfinite(value) else str(value)


def tables(run_id):
    logged = json.loads(client.get_run(run_id).data.tags.get("mlflow.loggedArtifacts", "[]"))
    return {table["path"]: json.loads(mlflow.load_table(table["path"], [run_id]).to_json(orient="records")) for table in logged}


print(
    json.dumps(
        [
            {
                "id": run.info.run_id,
                "status": run.info.status,
                "params": run.data.params,
                "tags": run.data.tags,
                "histories": {key: history(run.info.run_id, key) for key in run.data.metrics},
                "datasets": [str(used.tags[0].value) for used in run.inputs.dataset_inputs],
                "models": [model.model_id for model in run.outputs.model_outputs],
                "artifacts": sorted(file.path for file in client.list_artifacts(run.info.run_id)),
                "tables": tables(run.info.run_id),
            }
            for run in runs
        ]
    )
)
