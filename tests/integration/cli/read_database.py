"""What Python's MLflow finds in the database of the command line: prints it as JSON."""

import json
import sqlite3
import sys

from mlflow import MlflowClient
from mlflow.entities import ViewType

uri = sys.argv[1]
client = MlflowClient(uri)
experiments = client.search_experiments(view_type=ViewType.ALL)
runs = client.search_runs([one.experiment_id for one in experiments], run_view_type=ViewType.ALL)
history = client.get_metric_history(runs[0].info.run_id, "loss") if runs else []

database = sqlite3.connect(uri.removeprefix("sqlite:///"))
orphans = {}
for table, parent, *_ in database.execute("pragma foreign_key_check").fetchall():
    orphans[table] = orphans.get(table, 0) + 1
CHECKS = {
    "inputs": "select count(*) from inputs where destination_type = 'RUN' and destination_id not in (select run_uuid from runs)",
    "input_tags": "select count(*) from input_tags where input_uuid not in (select input_uuid from inputs)",
}
for name, query in CHECKS.items():
    (count,) = database.execute(query).fetchone()
    if count:
        orphans[name] = count
print(
    json.dumps(
        {
            "experiments": sorted(one.name for one in experiments),
            "runs": sorted(run.info.run_id for run in runs),
            "history": [metric.value for metric in history],
            "orphans": orphans,
        }
    )
)
