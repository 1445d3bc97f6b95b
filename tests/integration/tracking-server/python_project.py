"""A whole project against a tracking server: autologged trainings, a model logged, registered, aliased, loaded and asked."""

import json
import sys
import tempfile

import mlflow
import numpy as np
from mlflow import MlflowClient
from sklearn.linear_model import Ridge
from sklearn.model_selection import GridSearchCV

mlflow.set_tracking_uri(sys.argv[1])
client = MlflowClient()
mlflow.set_experiment("project")
mlflow.sklearn.autolog(log_input_examples=True)

features = np.arange(40.0).reshape(20, 2)
target = features @ np.array([2.0, 3.0]) + 1

with mlflow.start_run(run_name="ridge") as ridge:
    model = Ridge(alpha=1e-6).fit(features, target)
with mlflow.start_run(run_name="grid") as grid:
    GridSearchCV(Ridge(), {"alpha": [0.1, 1.0]}, cv=2).fit(features, target)

mlflow.sklearn.autolog(disable=True)
with mlflow.start_run(run_name="by hand") as by_hand:
    info = mlflow.sklearn.log_model(model, name="regressor", input_example=features[:2], registered_model_name="ridge")
    mlflow.log_metric("rmse", 0.25, model_id=info.model_id)
client.set_registered_model_alias("ridge", "champion", "1")
client.update_model_version("ridge", "1", "the best one")
loaded = [
    mlflow.pyfunc.load_model(uri).predict(features[:2]).round(3).tolist()
    for uri in (info.model_uri, "models:/ridge@champion", "models:/ridge/1", f"runs:/{by_hand.info.run_id}/regressor")
]
first = client.get_run(ridge.info.run_id)
children = mlflow.search_runs(filter_string=f"tags.mlflow.parentRunId = '{grid.info.run_id}'", output_format="list")
folder = mlflow.artifacts.download_artifacts(artifact_uri=info.model_uri, dst_path=tempfile.mkdtemp())
print(
    json.dumps(
        {
            "params": first.data.params["alpha"],
            "score": round(first.data.metrics["training_r2_score"], 3),
            "data": [one.dataset.name for one in first.inputs.dataset_inputs],
            "models": len(first.outputs.model_outputs),
            "children": len(children),
            "best": client.get_run(grid.info.run_id).data.params["best_alpha"],
            "loaded": loaded,
            "version": client.get_model_version_by_alias("ridge", "champion").description,
            "found": [one.name for one in client.search_logged_models([first.info.experiment_id], "metrics.rmse < 0.5")],
            "mlmodel": "flavors" in open(folder + "/MLmodel").read(),
        }
    )
)
