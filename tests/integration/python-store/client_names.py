"""The names of MlflowClient's methods and properties, and of each method the arguments that have no default."""

import inspect
import json

from mlflow import MlflowClient

REQUIRED = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.KEYWORD_ONLY)


def required(member):
    parameters = list(inspect.signature(member).parameters.values())[1:] if callable(member) else []
    return [one.name for one in parameters if one.kind in REQUIRED and one.default is one.empty]


members = inspect.getmembers(MlflowClient, lambda member: callable(member) or isinstance(member, property))
print(json.dumps({name: required(member) for name, member in members if not name.startswith("_")}))
