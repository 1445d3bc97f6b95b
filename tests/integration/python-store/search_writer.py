"""Python's client as one who writes to the runs that we search, one change at a time or many. See search-beside-writers.test.ts."""

import json
import os
import sys

from mlflow import MlflowClient

client = MlflowClient(sys.argv[1])


def set_tag(run_id, key, value):
    client.set_tag(run_id, key, value)


def log_metric(run_id, key, value, step):
    client.log_metric(run_id, key, value, step=step)


def terminate(run_id, status):
    client.set_terminated(run_id, status)


def delete(run_id):
    client.delete_run(run_id)


def create(name):
    run_id = client.create_run("0", run_name=name, tags={"team": "new"}).info.run_id
    client.log_metric(run_id, "loss", 0.5, step=0)
    return run_id


def number(path):
    """A counter that readers see whole."""
    file = os.open(path, os.O_WRONLY | os.O_CREAT)
    return lambda value: os.pwrite(file, b"%08d" % value, 0)


def race(run_ids, began, done, rounds):
    """Changes runs all the time; the counters say of every round when it has begun and when all that it wrote is there."""
    tagged, measured, flipped, *deleted = run_ids
    begin, end = number(began), number(done)
    for i in range(1, rounds + 1):
        begin(i)
        client.set_tag(tagged, "round", f"{i:08d}")
        client.log_metric(measured, "round", i, step=i)
        client.set_tag(flipped, "side", ["heads", "tails"][i % 2])
        client.update_run(flipped, "FINISHED" if i % 2 else "RUNNING")
        if i % 20 == 0:
            client.delete_run(deleted[i // 20 - 1])
            create(f"round {i:08d}")
        end(i)


QUESTIONS = {function.__name__: function for function in (set_tag, log_metric, terminate, delete, create, race)}

for line in sys.stdin:
    question, arguments = json.loads(line)
    try:
        answer = {"result": QUESTIONS[question](*arguments)}
    except Exception as error:
        answer = {"error": f"{type(error).__name__}: {error}"}
    print(json.dumps(answer), flush=True)
