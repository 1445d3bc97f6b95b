"""Reads OpenAPI documents, a list of JSON, as FastAPI's own model of them does."""

import json
import sys

from fastapi.openapi.models import OpenAPI

for document in json.load(sys.stdin):
    OpenAPI.model_validate(document)
print(json.dumps("valid"))
