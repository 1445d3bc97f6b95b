"""Runs commands of MLflow's command line in one process. stdin: [[args], …]; the last line: what each printed and its exit code."""

import json
import sys

from click.testing import CliRunner
from mlflow.cli import cli

answers = []
for args in json.load(sys.stdin):
    result = CliRunner().invoke(cli, args)
    error = None if result.exception is None or isinstance(result.exception, SystemExit) else str(result.exception)
    answers.append({"code": result.exit_code, "output": result.stdout, "error": error})
print(json.dumps(answers))
