"""Fills a database with some of everything, as Python's MLflow does, and says what it is called."""

import json
import sys

import mlflow
from mlflow import MlflowClient
from mlflow.entities import Dataset, DatasetInput, InputTag, LoggedModelOutput, Metric, Param, RunTag

mlflow.set_tracking_uri(sys.argv[1])
client = MlflowClient()

wine = client.create_experiment("wine", artifact_location="mlflow-artifacts:/1", tags={"team": "red", "note": "two\nlines é"})
gone = client.create_experiment("gone", artifact_location="mlflow-artifacts:/2")
client.delete_experiment(gone)
runs = []
for k in range(6):
    run = client.create_run(wine, start_time=1_700_000_000_000 + k, run_name=f"run {k}", tags={"k": str(k), "mlflow.user": "me"})
    run_id = run.info.run_id
    runs.append(run_id)
    client.log_batch(
        run_id,
        [Metric("loss", 1 / (s + 1 + k), 1_700_000_000_000 + s, s) for s in range(40)]
        + [Metric("nan", float("nan"), 5, 0), Metric("inf", float("inf"), 5, 0), Metric("val/acc", 0.5 + k / 20, 5, 3)],
        [Param("lr", str(0.1 * k)), Param("opt", "adam" if k % 2 else "sgd")],
        [RunTag("stage", "dev")],
    )
    if k < 3:
        data = Dataset(f"data{k}", "d1", "local", '{"uri": "x.csv"}', '{"mlflow_colspec": []}', '{"num_rows": 2}')
        client.log_inputs(run_id, [DatasetInput(data, [InputTag("mlflow.data.context", "train")])])
    if k != 5:
        client.set_terminated(run_id, "FAILED" if k == 4 else "FINISHED", 1_700_000_100_000 + k)
client.delete_run(runs[4])
models = []
for k in range(3):
    model = client.create_logged_model(wine, name=f"net{k}", source_run_id=runs[k], tags={"t": str(k)}, params={"p": str(k)}, model_type="cls")
    models.append(model.model_id)
    client.log_metric(runs[k], "acc", 0.5 + k / 10, timestamp=7, step=1, model_id=model.model_id, dataset_name=f"data{k}", dataset_digest="d1")
    client.log_outputs(runs[k], [LoggedModelOutput(model.model_id, step=1)])
client.finalize_logged_model(models[0], "READY")
client.create_registered_model("wine", tags={"a": "1"}, description="red and white")
client.create_registered_model("empty")
for k in range(3):
    client.create_model_version("wine", f"models:/{models[k]}", runs[k], tags={"v": str(k)}, description="" if k else "first")
client.transition_model_version_stage("wine", "1", "Production")
client.set_registered_model_alias("wine", "champion", "2")
print(json.dumps({"wine": wine, "gone": gone, "runs": runs, "models": models}))
