"""What a model is asked: whatever Python has, as columns or tensors; node/request.ts is the other side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple, Union

import numpy as np
import pandas as pd

from . import errors
from .cells import SAFE_INTEGER, encode_cell

Values = Union[np.ndarray, list[Any]]

# So many rows are sent at once at most. A multiple of 32, by which TensorFlow.js divides what it is asked: results do
# not depend on it.
MAX_ROWS = 65_536
MAX_BYTES = 64 * 1024 * 1024
ROWS_UNIT = 32
# Of a value that travels as JSON.
CELL_BYTES = 64

BLOCK_DTYPES = ("float64", "float32", "int8", "uint8", "int16", "uint16", "int32", "uint32", "int64", "uint64", "bool")


class Part(NamedTuple):
    """A column, or a tensor when it has a dtype."""

    name: str | None
    # Of one dimension, a tensor's too. Dates are milliseconds in an array; what no array holds is a list of cells.
    values: Values
    # The type of an array on its way.
    block: str | None = None
    dtype: str | None = None
    shape: tuple[int, ...] | None = None
    type: dict[str, Any] | None = None


class Request(NamedTuple):
    kind: str
    rows: int
    parts: Sequence[Part]

    def encode(self, params: dict[str, Any] | None) -> tuple[dict[str, Any], list[memoryview]]:
        blocks: list[memoryview] = []
        parts = [_encode_part(part, blocks) for part in self.parts]
        body = {"kind": self.kind, "rows": self.rows, "parts": parts, "params": encode_cell(params or {}, "The params")}
        return body, blocks

    def batches(self) -> Iterator[Request]:
        """The same rows in order, in portions that fit into memory."""
        size = self._batch_rows()
        if self.rows <= size:
            yield self
            return
        for start in range(0, self.rows, size):
            yield self._slice(start, min(start + size, self.rows))

    def _batch_rows(self) -> int:
        if any(part.shape is not None and (not part.shape or part.shape[0] != self.rows) for part in self.parts):
            return max(self.rows, 1)
        total = sum(
            part.values.nbytes if isinstance(part.values, np.ndarray) else len(part.values) * CELL_BYTES
            for part in self.parts
        )
        fitting = int(MAX_BYTES / max(total / max(self.rows, 1), 1))
        return max(ROWS_UNIT, min(MAX_ROWS, fitting // ROWS_UNIT * ROWS_UNIT))

    def _slice(self, start: int, stop: int) -> Request:
        def sliced(part: Part) -> Part:
            if part.shape is None:
                return part._replace(values=part.values[start:stop])
            width = int(np.prod(part.shape[1:], dtype=np.int64))
            return part._replace(
                values=part.values[start * width : stop * width], shape=(stop - start, *part.shape[1:])
            )

        return Request(self.kind, stop - start, [sliced(part) for part in self.parts])


def request_of(data: Any, inputs: Sequence[dict[str, Any]] | None) -> Request:
    """`inputs`: what the signature declares, in MLflow's JSON form. MLflow has already made `data` fit it."""
    if isinstance(data, pd.Series):
        data = data.to_frame()
    if hasattr(data, "toarray") and not isinstance(data, np.ndarray):
        # A sparse matrix of scipy.
        data = data.toarray()
    if isinstance(data, np.ndarray):
        return _of_array(data, inputs)
    if isinstance(data, pd.DataFrame):
        return _of_frame(data, inputs)
    if isinstance(data, dict):
        return _of_dict(data, inputs)
    if isinstance(data, (list, tuple)):
        return _of_list(list(data), inputs)
    if np.isscalar(data):
        return _of_frame(pd.DataFrame([data]), inputs)
    raise errors.no_data(data)


def _of_array(array: np.ndarray, inputs: Sequence[dict[str, Any]] | None) -> Request:
    if array.dtype.names is not None:
        return _of_frame(pd.DataFrame(array), inputs)
    if array.dtype.kind == "O" and array.ndim <= 2:
        return _of_frame(pd.DataFrame(np.atleast_1d(array)).infer_objects(), inputs)
    return _of_tensors({None: array}, inputs)


def _of_tensors(arrays: dict[str | None, np.ndarray], inputs: Sequence[dict[str, Any]] | None) -> Request:
    declared = {spec.get("name"): spec.get("tensor-spec", {}).get("dtype") for spec in inputs or []}
    parts = [_tensor(name, array, declared.get(name)) for name, array in arrays.items()]
    first = parts[0].shape or ()
    return Request("tensors", first[0] if first else 1, parts)


def _tensor(name: str | None, array: np.ndarray, declared: str | None) -> Part:
    where = "The input" if name is None else f"The input {name!r}"
    shape = tuple(array.shape)
    flat = array.reshape(-1)
    if array.dtype.kind in "OUS":
        return Part(name, [_text(value) for value in flat.tolist()], dtype="str", shape=shape)
    values, block = _block(flat, declared in ("int64", "uint64"), where)
    return Part(name, values, block, dtype="datetime64[ns]" if block == "date" else block, shape=shape)


def _text(value: Any) -> Any:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else value


def _of_frame(frame: pd.DataFrame, inputs: Sequence[dict[str, Any]] | None) -> Request:
    types = [spec for spec in inputs or [] if "tensor-spec" not in spec]
    named = all("name" in spec for spec in types) if types else any(isinstance(label, str) for label in frame.columns)
    by_name = {spec.get("name"): spec for spec in types}
    parts = []
    for index, label in enumerate(frame.columns):
        spec = by_name.get(label) if named else types[index] if index < len(types) else None
        parts.append(_column(str(label) if named else None, frame.iloc[:, index], spec))
    return Request("columns", len(frame), parts)


def _of_dict(data: dict[Any, Any], inputs: Sequence[dict[str, Any]] | None) -> Request:
    if data and any(isinstance(value, np.ndarray) for value in data.values()):
        return _of_tensors({str(name): np.asarray(value) for name, value in data.items()}, inputs)
    if data and all(isinstance(value, (list, tuple, pd.Series)) for value in data.values()):
        lengths = [len(value) for value in data.values()]
        if len(set(lengths)) > 1:
            raise errors.unequal_lengths(lengths)
        return _of_frame(pd.DataFrame({name: pd.Series(list(value)) for name, value in data.items()}), inputs)
    return _of_frame(pd.DataFrame([data]), inputs)


def _of_list(data: list[Any], inputs: Sequence[dict[str, Any]] | None) -> Request:
    if data and all(isinstance(item, np.ndarray) for item in data):
        if all(item.shape == data[0].shape and item.ndim == 1 for item in data):
            return _of_array(np.stack(data), inputs)
        return _of_tensors(
            {None: data[0]} if len(data) == 1 else {str(index): item for index, item in enumerate(data)}, inputs
        )
    if data and all(isinstance(item, dict) for item in data):
        return _of_frame(pd.DataFrame(data), inputs)
    block = _numbers(data)
    return _of_frame(pd.DataFrame(data), inputs) if block is None else _of_tensors({None: block}, inputs)


def _numbers(data: list[Any]) -> np.ndarray | None:
    """Nested lists of numbers as one array; None where they are ragged, or hold anything else."""
    level: list[Any] = data
    while level and isinstance(level[0], (list, tuple)):
        level = [item for inner in level if isinstance(inner, (list, tuple)) for item in inner]
    if not level or not all(isinstance(item, (int, float, np.number)) for item in level):
        return None
    if len({isinstance(item, (bool, np.bool_)) for item in level}) > 1:
        return None
    try:
        array = np.asarray(data)
    except ValueError:
        return None
    return array if array.dtype.kind in "fiub" else None


def _column(name: str | None, series: pd.Series, spec: dict[str, Any] | None) -> Part:
    where = "The input" if name is None else f"The column {name!r}"
    type_ = None if spec is None else {key: value for key, value in spec.items() if key not in ("name", "required")}
    array = _plain(series)
    if array.dtype.kind != "O":
        values, block = _block(array, type_ is not None and type_.get("type") == "long", where)
        return Part(name, values, block, type=type_)
    numbers = _numbers_of(array)
    if numbers is not None:
        return Part(name, numbers, "float64", type=type_)
    return Part(name, [None if _is_missing(cell) else cell for cell in array.tolist()], type=type_)


def _plain(series: pd.Series) -> np.ndarray:
    """The column's values as numpy has them, without pandas' own types."""
    dtype = series.dtype
    if isinstance(dtype, np.dtype):
        return series.to_numpy().astype(object) if dtype.kind in "US" else series.to_numpy()
    if isinstance(dtype, pd.DatetimeTZDtype):
        return series.dt.tz_convert("UTC").dt.tz_localize(None).to_numpy()
    inner = getattr(dtype, "numpy_dtype", None)
    if isinstance(inner, np.dtype) and inner.kind in "fiub" and not series.isna().any():
        return series.to_numpy(dtype=inner)
    return series.astype(object).to_numpy()


def _numbers_of(array: np.ndarray) -> np.ndarray | None:
    """A column of objects that are numbers, missing ones NaN."""
    cells = [None if _is_missing(cell) else cell for cell in array.tolist()]
    if not any(cell is not None for cell in cells):
        return None
    for cell in cells:
        if cell is not None and (
            isinstance(cell, bool) or not isinstance(cell, (int, float, np.number)) or _is_large(cell)
        ):
            return None
    return np.array([np.nan if cell is None else cell for cell in cells], dtype=np.float64)


def _is_large(number: Any) -> bool:
    return isinstance(number, (int, np.integer)) and abs(int(number)) > SAFE_INTEGER


def _is_missing(cell: Any) -> bool:
    return cell is None or cell is pd.NA or cell is pd.NaT or (isinstance(cell, float) and cell != cell)


def _block(array: np.ndarray, long: bool, where: str) -> tuple[np.ndarray, str]:
    """The array as JavaScript reads it. Unless they are `long`, integers of 64 bits are numbers where that is exact."""
    if array.dtype.kind == "M":
        moments = array.astype("datetime64[ms]").astype(np.int64).astype(np.float64)
        return np.where(np.isnat(array), np.nan, moments), "date"
    if array.dtype == np.float16:
        array = array.astype(np.float32)
    elif (
        array.dtype.kind == "f"
        and array.dtype.itemsize > 8
        or array.dtype.kind in "iu"
        and array.dtype.itemsize == 8
        and not long
        and _is_safe(array)
    ):
        array = array.astype(np.float64)
    # In the processor's order of bytes, which is JavaScript's.
    array = np.ascontiguousarray(array, dtype=array.dtype.newbyteorder("="))
    if array.dtype.name not in BLOCK_DTYPES:
        raise errors.no_dtype(array.dtype, where)
    return array, array.dtype.name


def _is_safe(array: np.ndarray) -> bool:
    return array.size == 0 or (int(array.max()) <= SAFE_INTEGER and int(array.min()) >= -SAFE_INTEGER)


def _encode_part(part: Part, blocks: list[memoryview]) -> dict[str, Any]:
    where = "The input" if part.name is None else f"The column {part.name!r}"
    if isinstance(part.values, np.ndarray):
        values: dict[str, Any] = {"block": len(blocks), "type": part.block}
        blocks.append(memoryview(part.values).cast("B") if part.values.size else memoryview(b""))
    else:
        values = {"cells": [encode_cell(cell, where) for cell in part.values]}
    fields = {"name": part.name, "type": part.type, "dtype": part.dtype, "shape": part.shape}
    return {**{key: value for key, value in fields.items() if value is not None}, "values": values}
