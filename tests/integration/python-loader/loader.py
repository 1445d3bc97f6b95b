"""Answers one JSON question a line: what Python's MLflow makes of models that were trained in JavaScript."""

import ast
import copy
import io
import json
import logging
import os
import pickle
import signal
import subprocess
import sys
import threading
import time
import warnings

import mlflow
import numpy as np
import pandas as pd

models = {}


def load(name, uri):
    """Loads a model under a name, and says what was printed meanwhile."""
    printed = io.StringIO()
    handler = logging.StreamHandler(printed)
    logging.getLogger("mlflow").addHandler(handler)
    try:
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            models[name] = mlflow.pyfunc.load_model(uri)
    finally:
        logging.getLogger("mlflow").removeHandler(handler)
    return printed.getvalue() + "".join(str(one.message) for one in caught)


def given(how, data):
    """The same numbers in one of the forms that Python has for them."""
    if how == "frame":
        return pd.DataFrame(data, dtype="float64")
    if how == "list":
        return data
    if how == "dict":
        return {name: np.array(values["values"], dtype=values["dtype"]) for name, values in data.items()}
    return np.array(data, dtype=how)


def predict(name, how, data, params=None):
    return plain(models[name].predict(given(how, data), params=params))


def plain(answer):
    if isinstance(answer, pd.DataFrame):
        columns = {str(name): {"dtype": str(answer[name].dtype), "values": cells(answer[name].tolist())} for name in answer}
        return {"kind": "frame", "columns": columns}
    if isinstance(answer, np.ndarray):
        return {"kind": "array", "dtype": str(answer.dtype), "shape": list(answer.shape), "values": cells(answer.tolist())}
    if isinstance(answer, dict):
        return {"kind": "dict", "outputs": {name: plain(value) for name, value in answer.items()}}
    return {"kind": type(answer).__name__, "values": cells(answer)}


def cells(value):
    """JSON has no form for some numbers: they become texts."""
    if isinstance(value, list):
        return [cells(item) for item in value]
    if isinstance(value, float) and (value != value or value in (float("inf"), float("-inf")) or str(value) == "-0.0"):
        return str(value)
    return value if isinstance(value, (int, float, str, bool, type(None))) else repr(value)


def process_of(name):
    return models[name]._model_impl._process


def pid(name):
    running = process_of(name)._running
    return running and running._process.pid


def wait_for(condition, what):
    deadline = time.monotonic() + 30
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError(f"waited in vain for {what}")
        time.sleep(0.01)


def is_alive(process):
    """A process that has ended, and that its parent has not asked about yet, counts as gone."""
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(process)], capture_output=True, text=True).stdout.strip()
    return state != "" and not state.startswith("Z")


def end(name, how):
    """Sends a signal to the model's Node process; says which it was."""
    process = pid(name)
    os.kill(process, getattr(signal, how))
    if how == "SIGKILL":
        wait_for(lambda: not is_alive(process), "the end of Node")
    return process


def gone(process):
    wait_for(lambda: not is_alive(process), f"the end of {process}")


def environ(values):
    for name, value in values.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value


def timed(name, how, data):
    started = time.monotonic()
    try:
        predict(name, how, data)
        error = None
    except Exception as caught:
        error = str(caught)
    return {"seconds": time.monotonic() - started, "error": error}


def many_rows(name, rows, columns):
    """Rows drawn here; what is said of some of them alone, and of all of them at once."""
    data = np.random.default_rng(rows).normal(size=(rows, columns))
    answer = models[name].predict(data)
    chosen = [0, 1, rows // 2, rows - 1]
    alone = np.concatenate([models[name].predict(data[[row]]) for row in chosen])
    return {"shape": list(answer.shape), "equal": bool(np.array_equal(answer[chosen], alone))}


def at_once(name, how, asked):
    """Each question in a thread of its own."""
    answers = [None] * len(asked)

    def ask(index):
        answers[index] = predict(name, how, asked[index])

    threads = [threading.Thread(target=ask, args=(index,)) for index in range(len(asked))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return answers


def forked(name, how, data):
    """What a fork of this process says, and which Node process it asked; a lock is held here while it forks."""
    reading, writing = os.pipe()
    process_of(name)._lock.acquire()
    child = os.fork()
    if child == 0:
        answer = predict(name, how, data)
        os.write(writing, json.dumps({"answer": answer, "pid": pid(name)}).encode())
        os._exit(0)
    process_of(name)._lock.release()
    os.close(writing)
    with os.fdopen(reading) as pipe:
        answer = json.loads(pipe.read())
    os.waitpid(child, 0)
    return answer


def copied(name, how, data):
    model = models[name]
    answers = []
    for copier in (copy.deepcopy, lambda one: pickle.loads(pickle.dumps(one))):
        models["copy"] = copier(model)
        answers.append(predict("copy", how, data))
    return answers


def interrupted(name, how, data, marker):
    """Ctrl-C once the model has begun, which it shows by making a file."""

    def interrupt():
        wait_for(lambda: os.path.exists(marker), marker)
        os.kill(os.getpid(), signal.SIGINT)

    thread = threading.Thread(target=interrupt)
    thread.start()
    try:
        predict(name, how, data)
        return "answered"
    except KeyboardInterrupt:
        return "interrupted"
    finally:
        thread.join()


def collected(name):
    """Forgets a model; the Node process that was its."""
    process = pid(name)
    del models[name]
    gone(process)


def signature(uri):
    info = mlflow.models.get_model_info(uri)
    parts = {part: text and json.loads(text) for part, text in info.signature.to_dict().items()}
    return {"signature": parts, "flavors": sorted(info.flavors)}


def imports(sources):
    """Reads sources as Python 3.9 does; what they import that is neither theirs nor the standard library's."""
    trees = [ast.parse(text, name, feature_version=(3, 9)) for name, text in sources.items()]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    names = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    names += [node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.level == 0]
    return sorted({name.split(".")[0] for name in names} - sys.stdlib_module_names)


def frames(name, made):
    """Asks with what the expression makes of pd and np."""
    return plain(models[name].predict(eval(made, {"pd": pd, "np": np})))


QUESTIONS = {
    function.__name__: function
    for function in (
        at_once, collected, copied, end, environ, forked, frames, gone, imports, interrupted, load, many_rows, pid, predict, signature, timed,
    )  # fmt: skip
}

for line in sys.stdin:
    question, arguments = json.loads(line)
    try:
        answer = {"result": QUESTIONS[question](*arguments)}
    except Exception as error:
        answer = {"error": f"{type(error).__name__}: {error}"}
    print(json.dumps(answer), flush=True)
