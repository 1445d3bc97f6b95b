"""Logs a run to a tracking server as people do with Python's MLflow, and says what can be read of it."""

import json
import os
import sys
import tempfile

import mlflow
from mlflow import MlflowClient

mlflow.set_tracking_uri(sys.argv[1])
client = MlflowClient()

experiment_id = mlflow.set_experiment("wine é").experiment_id
with mlflow.start_run(run_name="first", tags={"team": "red"}) as active:
    mlflow.log_params({"lr": 0.1, "opt": "adam"})
    for step in range(5):
        mlflow.log_metric("loss", 1 / (step + 1), step=step)
    mlflow.log_metrics({"accuracy": 0.9, "broken": float("nan")})
    mlflow.log_text("hello", "notes/a b é.txt")
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "big.bin")
        with open(path, "wb") as file:
            file.write(bytes(range(256)) * 40_000)
        mlflow.log_artifact(path)
run_id = active.info.run_id

run = client.get_run(run_id)
fetched = mlflow.artifacts.download_artifacts(run_id=run_id, artifact_path="big.bin", dst_path=tempfile.mkdtemp())
found = mlflow.search_runs([experiment_id], "metrics.accuracy > 0.5 AND params.opt = 'adam'", output_format="list")
print(
    json.dumps(
        {
            "status": run.info.status,
            "name": run.info.run_name,
            "params": run.data.params,
            "accuracy": run.data.metrics["accuracy"],
            "isNan": run.data.metrics["broken"] != run.data.metrics["broken"],
            "team": run.data.tags["team"],
            "history": [[point.step, point.value] for point in client.get_metric_history(run_id, "loss")],
            "artifacts": [[file.path, file.is_dir, file.file_size] for file in client.list_artifacts(run_id)],
            "inFolder": [file.path for file in client.list_artifacts(run_id, "notes")],
            "text": mlflow.artifacts.load_text(f"runs:/{run_id}/notes/a b é.txt"),
            "size": os.path.getsize(fetched),
            "found": [one.info.run_id == run_id for one in found],
            "artifactUri": run.info.artifact_uri.replace(run_id, "RUN").replace(experiment_id, "EXPERIMENT"),
        }
    )
)
