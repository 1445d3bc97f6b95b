"""Prints what Python's MLflow reads of every run in the stores named as arguments: as JSON, a list per store, the oldest run first."""

import json
import math
import sys

import mlflow
from mlflow.tracking import MlflowClient


def number(value):
    return value if math.isfinite(value) else str(value)


class Reader:
    def __init__(self, store):
        mlflow.set_tracking_uri(store)
        self.client = MlflowClient()
        self.experiments = {found.experiment_id: found.name for found in self.client.search_experiments()}

    def runs(self):
        found = self.client.search_runs(list(self.experiments), order_by=["attributes.start_time ASC"])
        return [self.describe(self.client.get_run(run.info.run_id)) for run in found]

    def describe(self, run):
        run_id = run.info.run_id
        return {
            "id": run_id,
            "experiment": self.experiments[run.info.experiment_id],
            "status": run.info.status,
            "ended": run.info.end_time is not None,
            "params": run.data.params,
            "tags": run.data.tags,
            "histories": {key: self.history(run_id, key) for key in run.data.metrics},
            "datasets": [str(used.tags[0].value) for used in run.inputs.dataset_inputs],
            "models": [model.model_id for model in run.outputs.model_outputs],
            "artifacts": sorted(file.path for file in self.client.list_artifacts(run_id)),
            # MLflow lists the run's folder and the model's one after the other, and ours are one folder.
            "files": sorted(set(self.files(run_id))),
            "tables": self.tables(run),
        }

    def history(self, run_id, key):
        return [[metric.step, number(metric.value)] for metric in self.client.get_metric_history(run_id, key)]

    def files(self, run_id, folder=None):
        for entry in self.client.list_artifacts(run_id, folder):
            if entry.is_dir:
                yield from self.files(run_id, entry.path)
            else:
                yield entry.path

    def tables(self, run):
        logged = json.loads(run.data.tags.get("mlflow.loggedArtifacts", "[]"))
        return {table["path"]: json.loads(mlflow.load_table(table["path"], [run.info.run_id]).to_json(orient="records")) for table in logged}


print(json.dumps([Reader(store).runs() for store in sys.argv[1:]]))
