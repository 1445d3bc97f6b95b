"""Answers one JSON question a line: what Python makes of what was written."""

import json
import sys
import warnings

warnings.filterwarnings("ignore")

import mlflow
import numpy as np
import yaml
from mlflow.data import get_source
from mlflow.data.schema import TensorDatasetSchema
from mlflow.entities import Dataset
from mlflow.models import Model, ModelSignature, get_model_info
from mlflow.types import Schema
from mlflow.utils.file_utils import local_file_uri_to_path
from sklearn import metrics


def model(path):
    """The model's folder as MLflow reads it."""
    read = Model.load(path)
    info = get_model_info(path)
    example = read.load_input_example(path)
    return {
        "signature": info.signature and info.signature.to_dict(),
        "signature_text": repr(info.signature),
        "metadata": info.metadata,
        "example_type": type(example).__name__,
        "example": plain(example),
        "serving": read.get_serving_input(path),
    }


def plain(example):
    """JSON of an example; what is missing becomes text, for JSON has no NaN."""
    if hasattr(example, "to_dict"):
        lists = example.to_dict(orient="list")
        return {name: ["nan" if cell != cell or cell is None else cell for cell in cells] for name, cells in lists.items()}
    return example.tolist() if hasattr(example, "tolist") else example


def logged_models(store, model_ids):
    """Each logged model as Python's client reads it, with the id that the MLmodel file in its folder says."""
    client = mlflow.MlflowClient(store)
    found = [client.get_logged_model(model_id) for model_id in model_ids]
    return [
        {"id": one.model_id, "name": one.name, "status": str(one.status), "file_id": Model.load(local_file_uri_to_path(one.artifact_location)).model_id}
        for one in found
    ]


def fields(path):
    """What the MLmodel file of a logged model says."""
    return Model.load(path).to_dict()


def signature(parts):
    """The signature read and written again."""
    return ModelSignature.from_dict(parts).to_dict()


def dataset(fields):
    """The description as a run's inputs hold it."""
    entity = Dataset(**fields)
    source = get_source(entity)
    schema = json.loads(entity.schema)
    if "mlflow_colspec" in schema:
        read = Schema.from_json(json.dumps(schema["mlflow_colspec"])).to_dict()
    else:
        read = TensorDatasetSchema.from_dict(schema).to_dict()
    return {"source": source.to_dict(), "type": source._get_source_type(), "schema": read}


def numpy_dataset(rows, targets):
    """What Python itself says of the same arrays."""
    return mlflow.data.from_numpy(np.array(rows), targets=np.array(targets), name="n").to_dict()


def yaml_of(text):
    return yaml.safe_load(text)


def regression(actual, predicted):
    actual, predicted = np.array(actual), np.array(predicted)
    return {
        "mean_squared_error": metrics.mean_squared_error(actual, predicted),
        "root_mean_squared_error": metrics.root_mean_squared_error(actual, predicted),
        "mean_absolute_error": metrics.mean_absolute_error(actual, predicted),
        "r2_score": metrics.r2_score(actual, predicted),
        "score": metrics.r2_score(actual, predicted),
    }


def classification(actual, predicted, probabilities):
    weighted = {"average": "weighted"}
    scores = np.array(probabilities)
    area = scores[:, 1] if scores.shape[1] == 2 else scores
    return {
        "accuracy_score": metrics.accuracy_score(actual, predicted),
        "score": metrics.accuracy_score(actual, predicted),
        "precision_score": metrics.precision_score(actual, predicted, **weighted),
        "recall_score": metrics.recall_score(actual, predicted, **weighted),
        "f1_score": metrics.f1_score(actual, predicted, **weighted),
        "log_loss": metrics.log_loss(actual, scores),
        "roc_auc": metrics.roc_auc_score(actual, area, average="weighted", multi_class="ovo"),
        "confusion": metrics.confusion_matrix(actual, predicted).tolist(),
    }


QUESTIONS = {
    "model": model,
    "logged_models": logged_models,
    "fields": fields,
    "signature": signature,
    "dataset": dataset,
    "numpy_dataset": numpy_dataset,
    "yaml": yaml_of,
    "regression": regression,
    "classification": classification,
}

for line in sys.stdin:
    question, arguments = json.loads(line)
    try:
        answer = {"result": QUESTIONS[question](*arguments)}
    except Exception as error:
        answer = {"error": f"{type(error).__name__}: {error}"}
    print(json.dumps(answer), flush=True)
