"""Writes runs to an experiment that others write to as well, and reads all of its runs back."""

import json
import sys

from mlflow.tracking import MlflowClient

EXPERIMENT = "shared"


def experiment_of(client):
    """Whoever comes first creates it."""
    experiment = client.get_experiment_by_name(EXPERIMENT)
    if experiment:
        return experiment.experiment_id
    try:
        return client.create_experiment(EXPERIMENT)
    except Exception:
        return client.get_experiment_by_name(EXPERIMENT).experiment_id


def write(client, count):
    experiment_id = experiment_of(client)
    for number in range(int(count)):
        run = client.create_run(experiment_id, tags={"notebook": "python", "round": str(number)})
        for step in range(10):
            client.log_metric(run.info.run_id, "mine", number, step=step)
        client.set_terminated(run.info.run_id)


def read(client):
    experiment_id = client.get_experiment_by_name(EXPERIMENT).experiment_id
    print(json.dumps([describe(client, run) for run in client.search_runs([experiment_id], max_results=1000)]))


def describe(client, run):
    histories = {
        key: [[point.step, point.value] for point in client.get_metric_history(run.info.run_id, key)]
        for key in run.data.metrics
    }
    return {"status": run.info.status, "params": run.data.params, "tags": run.data.tags, "histories": histories}


def main(command, store, *args):
    {"write": write, "read": read}[command](MlflowClient(store), *args)


main(*sys.argv[1:])
