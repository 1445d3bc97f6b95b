"""What a model answers, as the signature's outputs declare it; node/answer.ts is the other side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from .cells import decode_cell

COLUMN_DTYPES = {
    "boolean": "bool",
    "integer": "int32",
    "long": "int64",
    "float": "float32",
    "double": "float64",
    "datetime": "datetime64[ns]",
}


def decode_answer(body: dict[str, Any], blocks: Sequence[bytearray]) -> Any:
    """An array where all are numbers, else lists; a dict of such for several outputs."""
    if "outputs" in body:
        return {name: _decode_output(output, blocks) for name, output in body["outputs"]}
    return _decode_output(body["output"], blocks)


def _decode_output(output: dict[str, Any], blocks: Sequence[bytearray]) -> Any:
    if "block" not in output:
        return decode_cell(output["cells"])
    return np.frombuffer(blocks[output["block"]], dtype=output["type"]).reshape(output["shape"])


def joined(answers: list[Any]) -> Any:
    """The answers to portions of the rows as one."""
    first = answers[0]
    if len(answers) == 1:
        return first
    if isinstance(first, dict):
        return {name: joined([answer[name] for answer in answers]) for name in first}
    if all(isinstance(answer, np.ndarray) for answer in answers):
        return np.concatenate(answers)
    return [row for answer in answers for row in (answer.tolist() if isinstance(answer, np.ndarray) else answer)]


def as_declared(answer: Any, outputs: Sequence[dict[str, Any]] | None) -> Any:
    """`outputs` in MLflow's JSON form: tensors become arrays of their dtype, columns a DataFrame, a single column without
    a name an array."""
    if not outputs:
        return answer
    if "tensor-spec" in outputs[0]:
        return _as_tensors(answer, outputs)
    return _as_columns(answer, outputs)


def _as_tensors(answer: Any, outputs: Sequence[dict[str, Any]]) -> Any:
    dtypes = {spec.get("name"): spec["tensor-spec"]["dtype"] for spec in outputs}
    if isinstance(answer, dict):
        return {name: _as_array(value, dtypes.get(name)) for name, value in answer.items()}
    return _as_array(answer, outputs[0]["tensor-spec"]["dtype"]) if len(outputs) == 1 else answer


def _as_array(value: Any, dtype: str | None) -> Any:
    if dtype is None:
        return value
    if dtype == "str":
        return np.asarray(value)
    return _cast(np.asarray(value), dtype)


def _as_columns(answer: Any, outputs: Sequence[dict[str, Any]]) -> Any:
    names = [spec.get("name", index) for index, spec in enumerate(outputs)]
    types = {name: spec.get("type", "") for name, spec in zip(names, outputs)}
    if len(outputs) == 1 and "name" not in outputs[0]:
        return _cast_column(answer, types[0]) if isinstance(answer, (list, np.ndarray)) else answer
    columns = _columns_of(answer, names)
    if columns is None:
        return answer
    cast = {name: _cast_column(values, types.get(name, "")) for name, values in columns.items()}
    # With its dtype, for pandas would make texts of objects, and of a missing one a number that is none.
    return pd.DataFrame({name: _series(values) for name, values in cast.items()})


def _series(values: np.ndarray) -> pd.Series:
    return pd.Series(values, dtype=values.dtype) if values.ndim == 1 else pd.Series(list(values), dtype=object)


def _columns_of(answer: Any, names: Sequence[Any]) -> dict[Any, Any] | None:
    """Columns by name, whether the model answered with columns, records or rows; None where it did otherwise."""
    if isinstance(answer, dict):
        return answer
    if isinstance(answer, np.ndarray) and answer.ndim == 2 and answer.shape[1] == len(names):
        return {name: answer[:, index] for index, name in enumerate(names)}
    if not isinstance(answer, (list, np.ndarray)):
        return None
    if all(isinstance(row, dict) for row in answer):
        keys = dict.fromkeys(key for row in answer for key in row)
        return {key: [row.get(key) for row in answer] for key in keys or names}
    if all(isinstance(row, list) and len(row) == len(names) for row in answer):
        return {name: [row[index] for row in answer] for index, name in enumerate(names)}
    return {names[0]: answer} if len(names) == 1 else None


def _cast_column(values: Any, type_: str) -> np.ndarray:
    dtype = COLUMN_DTYPES.get(type_)
    if dtype is None:
        return values if isinstance(values, np.ndarray) else pd.Series(values, dtype=object).to_numpy()
    return _cast(np.asarray(values), dtype)


def _cast(array: np.ndarray, dtype: str) -> np.ndarray:
    """As it is where a value would be lost: a whole number's column with missing ones, say."""
    wanted = np.dtype(dtype)
    if array.dtype == wanted:
        return array
    if array.dtype.kind == "O" and any(cell is None for cell in array.reshape(-1).tolist()) and wanted.kind in "iub":
        return array
    try:
        with np.errstate(all="ignore"):
            cast = array.astype(wanted)
            if wanted.kind in "iu" and array.dtype.kind == "f" and not np.array_equal(cast.astype(array.dtype), array):
                return array
    except (TypeError, ValueError, OverflowError):
        return array
    return cast
