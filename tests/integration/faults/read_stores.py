"""Reads every store of a list whole: experiments, runs, histories, models. Prints for each the runs or why they cannot be read."""
import json
import logging
import os
import sys

from mlflow import MlflowClient

logging.disable(logging.CRITICAL)


def read(folder):
    client = MlflowClient(tracking_uri=folder)
    ids = [experiment.experiment_id for experiment in client.search_experiments()]
    client.search_logged_models(experiment_ids=ids)
    return [
        {
            "id": run.info.run_id,
            "status": run.info.status,
            "params": run.data.params,
            "tags": run.data.tags,
            "datasets": len(run.inputs.dataset_inputs),
            "histories": {
                key: [[point.step, point.value] for point in client.get_metric_history(run.info.run_id, key)]
                for key in run.data.metrics
            },
        }
        for run in client.search_runs(ids)
    ]


def answer(folder):
    try:
        return {"runs": read(folder)}
    except Exception as error:
        return {"error": f"{type(error).__name__}: {error}"}


print(json.dumps([answer(folder) if os.path.isdir(folder) else {"runs": []} for folder in json.load(sys.stdin)]))
