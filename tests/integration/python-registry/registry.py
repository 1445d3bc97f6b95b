"""Dumps, fills and writes to a file registry with Python's own client. See python-registry.test.ts."""
import json
import os
import sys
import time

import mlflow
from mlflow import MlflowClient
from mlflow.exceptions import MlflowException


def present(**fields):
    return {key: value for key, value in fields.items() if value is not None}


def dump_metric(m):
    return present(key=m.key, value=m.value, timestamp=m.timestamp, step=m.step, runId=m.run_id, modelId=m.model_id)


def dump_version(client, v):
    return present(
        name=v.name,
        version=v.version,
        creationTimestamp=v.creation_timestamp,
        lastUpdatedTimestamp=v.last_updated_timestamp,
        userId=v.user_id,
        currentStage=v.current_stage,
        description=v.description,
        source=v.source,
        runId=v.run_id,
        runLink=v.run_link,
        status=v.status,
        statusMessage=v.status_message,
        tags=dict(v.tags),
        aliases=sorted(v.aliases),
        modelId=v.model_id,
        params=None if v.params is None else dict(v.params),
        metrics=None if v.metrics is None else [dump_metric(m) for m in v.metrics],
        downloadUri=client.get_model_version_download_uri(v.name, v.version),
    )


def dump_model(client, m):
    return present(
        name=m.name,
        creationTimestamp=m.creation_timestamp,
        lastUpdatedTimestamp=m.last_updated_timestamp,
        description=m.description,
        tags=dict(m.tags),
        aliases={alias: int(version) for alias, version in m.aliases.items()},
        latestVersions=sorted((dump_version(client, v) for v in m.latest_versions), key=lambda v: v["version"]),
    )


def dump(client):
    models = client.search_registered_models(max_results=1000)
    versions = client.search_model_versions(max_results=1000)
    return {
        "models": [dump_model(client, m) for m in models],
        "versions": [dump_version(client, v) for v in versions],
        "one by one": [
            [dump_model(client, client.get_registered_model(m.name)) for m in models],
            [dump_version(client, client.get_model_version(v.name, v.version)) for v in versions],
            [
                [m.name, alias, client.get_model_version_by_alias(m.name, alias).version]
                for m in models
                for alias in sorted(m.aliases)
            ],
        ],
        "links": sorted(
            [m.model_id, json.loads(m.tags["mlflow.modelVersions"])]
            for m in client.search_logged_models(["0"])
            if "mlflow.modelVersions" in m.tags
        ),
    }


def fill(client):
    """Something of everything, made with MLflow's client and its fluent verbs."""
    with mlflow.start_run() as run:
        mlflow.log_text("flavors: {}\n", "model/MLmodel")
        mlflow.log_metric("on run", 1)
        model = mlflow.initialize_logged_model(name="elsewhere", source_run_id=run.info.run_id, params={"depth": "3"})
        client.log_metric(run.info.run_id, "rmse", 0.5, timestamp=1, step=2, model_id=model.model_id)
    mlflow.finalize_logged_model(model.model_id, "READY")
    client.create_registered_model("bare")
    client.create_registered_model(
        "full é 'x'", tags={"team": "a b", "note/x": "long\ntext", "é": ""}, description="colon: 'quoted'\n\nlast # no"
    )
    client.create_model_version(
        "full é 'x'",
        f"models:/{model.model_id}",
        tags={"deep/tag": "v", "n": 1},
        description="first\nversion",
        model_id=model.model_id,
        run_link="http://runs/1",
    )
    client.create_model_version("full é 'x'", f"models:/{model.model_id}")
    client.create_model_version("full é 'x'", "s3://bucket/m", run.info.run_id)
    client.create_model_version("full é 'x'", "models:/full é 'x'/1")
    client.create_model_version("full é 'x'", "/somewhere/deleted")
    client.delete_model_version("full é 'x'", 5)
    client.set_registered_model_alias("full é 'x'", "champion", 1)
    client.set_registered_model_alias("full é 'x'", "moved", "1")
    client.set_registered_model_alias("full é 'x'", "moved", 3)
    client.set_registered_model_alias("full é 'x'", "gone", 2)
    client.delete_registered_model_alias("full é 'x'", "gone")
    client.transition_model_version_stage("full é 'x'", 1, "production")
    client.transition_model_version_stage("full é 'x'", 2, "Production", archive_existing_versions=True)
    client.transition_model_version_stage("full é 'x'", 3, "Staging")
    client.update_model_version("full é 'x'", 3, "changed")
    client.set_model_version_tag("full é 'x'", 3, "set", "later")
    client.delete_registered_model_tag("full é 'x'", "é")
    client.update_registered_model("full é 'x'", "described anew")
    mlflow.register_model(f"models:/{model.model_id}", "fluent")
    mlflow.register_model(f"runs:/{run.info.run_id}/model", "fluent", tags={"from": "run"})
    client.create_registered_model("to be renamed")
    client.create_model_version("to be renamed", "/m")
    client.rename_registered_model("to be renamed", "renamed")
    client.create_registered_model("to be deleted")
    client.delete_registered_model("to be deleted")
    mlflow.genai.register_prompt("a-prompt", "Hello {{name}}")
    return {"runId": run.info.run_id, "modelId": model.model_id}


def go_on(client):
    """Changes what another has made, and answers what it was refused."""
    client.set_registered_model_alias("wine", "python", 1)
    client.set_registered_model_tag("wine", "python", "1")
    client.set_model_version_tag("wine", 1, "python", "1")
    client.transition_model_version_stage("wine", 1, "Staging")
    version = client.create_model_version("wine", "/python", description="python's")
    client.delete_model_version("wine", 2)
    refused = []
    for act in [
        lambda: client.create_registered_model("wine"),
        lambda: client.get_model_version("wine", 2),
        lambda: client.get_model_version_by_alias("wine", "second"),
        lambda: client.get_registered_model("gone"),
    ]:
        try:
            act()
            refused.append(None)
        except MlflowException as error:
            refused.append(error.error_code)
    return {"version": version.version, "refused": refused}


def model_info(client, *uris):
    """What Python reads of registered models: their MLmodel, and where they lie."""
    return [
        {
            "modelId": info.model_id,
            "runId": info.run_id,
            "flavors": sorted(info.flavors),
            "signature": str(info.signature.inputs) if info.signature else None,
            "files": sorted(os.listdir(mlflow.artifacts.download_artifacts(uri))),
        }
        for uri in uris
        for info in [mlflow.models.get_model_info(uri)]
    ]


def write(client, gate):
    """One of several writers that add versions at once. MLflow gives up after three lost races; the user tries again."""
    open(f"{gate}.python", "w").close()
    while not os.path.exists(gate):
        time.sleep(0.001)
    versions = []
    while len(versions) < 40:
        try:
            versions.append(client.create_model_version("shared", f"/python/{len(versions)}", tags={"writer": "python"}).version)
        except MlflowException as error:
            if "Giving up" not in error.message:
                raise
    return versions


command, uri, *rest = sys.argv[1:]
mlflow.set_tracking_uri(uri)
answer = {"dump": dump, "fill": fill, "go-on": go_on, "info": model_info, "write": write}[command](MlflowClient(uri, uri), *rest)
print(json.dumps(answer))
