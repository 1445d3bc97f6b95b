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
        for start in range(0, max(self.rows, 1), size):
            yield self._slice(start, min(start + size, self.rows)) if self.rows > size else self

    def _batch_rows(self) -> int:
        if any(part.shape is not None and part.shape[:1] != (self.rows,) for part in self.parts):
            return max(self.rows, 1)
        total = sum(_size(part.values) for part in self.parts)
        fitting = MAX_BYTES * max(self.rows, 1) // max(total, 1)
        return max(ROWS_UNIT, min(MAX_ROWS, fitting // ROWS_UNIT * ROWS_UNIT))

    def _slice(self, start: int, stop: int) -> Request:
        def sliced(part: Part) -> Part:
            if part.shape is None:
                return part._replace(values=part.values[start:stop])
            inner = part.shape[1:]
            width = int(np.prod(inner, dtype=np.int64))
            return part._replace(values=part.values[start * width : stop * width], shape=(stop - start, *inner))

        return Request(self.kind, stop - start, [sliced(part) for part in self.parts])


def _size(values: Values) -> int:
    return values.nbytes if isinstance(values, np.ndarray) else len(values) * CELL_BYTES


def request_of(data: Any, inputs: Sequence[dict[str, Any]] | None) -> Request:
    """`inputs`: what the signature declares, in MLflow's JSON form. MLflow has already made `data` fit it."""
    columns = [spec for spec in inputs or [] if "tensor-spec" not in spec]
    if hasattr(data, "toarray") and not isinstance(data, (np.ndarray, pd.DataFrame, pd.Series)):
        # A sparse matrix of scipy.
        data = data.toarray()
    if isinstance(data, pd.Series):
        return _of_frame(data.to_frame(), columns)
    if isinstance(data, pd.DataFrame):
        return _of_frame(data, columns)
    if isinstance(data, np.ndarray):
        return _of_array(data, columns)
    if isinstance(data, dict):
        return _of_dict(data, columns)
    if isinstance(data, (list, tuple)):
        return _of_list(list(data), columns)
    if np.isscalar(data):
        return _of_frame(pd.DataFrame([data]), columns)
    raise errors.no_data(data)


def _of_array(array: np.ndarray, columns: Sequence[dict[str, Any]]) -> Request:
    if array.dtype.names is not None:
        return _of_frame(pd.DataFrame(array), columns)
    if array.dtype.kind == "O" and array.ndim <= 2:
        return _of_frame(pd.DataFrame(np.atleast_1d(array)), columns)
    return _of_tensors({None: array})


def _of_tensors(arrays: dict[str | None, np.ndarray]) -> Request:
    parts = [_tensor(name, array) for name, array in arrays.items()]
    rows, *_ = parts[0].shape or (1,)
    return Request("tensors", rows, parts)


def _of_dict(data: dict[Any, Any], columns: Sequence[dict[str, Any]]) -> Request:
    if data and any(isinstance(value, np.ndarray) for value in data.values()):
        return _of_tensors({str(name): np.asarray(value) for name, value in data.items()})
    if data and all(isinstance(value, (list, tuple, pd.Series)) for value in data.values()):
        lengths = [len(value) for value in data.values()]
        if len(set(lengths)) > 1:
            raise errors.unequal_lengths(lengths)
        return _of_frame(pd.DataFrame({name: pd.Series(list(value)) for name, value in data.items()}), columns)
    return _of_frame(pd.DataFrame([data]), columns)


def _of_list(data: list[Any], columns: Sequence[dict[str, Any]]) -> Request:
    if data and all(isinstance(item, np.ndarray) for item in data):
        if all(item.shape == data[0].shape and item.ndim == 1 for item in data):
            return _of_array(np.stack(data), columns)
        # The inputs of a model with several, by position.
        return _of_tensors({str(index) if len(data) > 1 else None: item for index, item in enumerate(data)})
    numbers = _numbers(data)
    return _of_frame(pd.DataFrame(data), columns) if numbers is None else _of_tensors({None: numbers})


def _numbers(data: list[Any]) -> np.ndarray | None:
    """Nested lists of numbers, or of booleans, as one array; None where they are ragged, or hold anything else."""
    level: list[Any] = data
    while level and isinstance(level[0], (list, tuple)):
        level = [item for inner in level if isinstance(inner, (list, tuple)) for item in inner]
    kinds = {bool if isinstance(item, (bool, np.bool_)) else np.isscalar(item) for item in level}
    if kinds not in ({bool}, {True}) or not all(isinstance(item, (int, float, np.number, np.bool_)) for item in level):
        return None
    try:
        array = np.asarray(data)
    except ValueError:
        return None
    return array if array.dtype.kind in "fiub" else None


def _tensor(name: str | None, array: np.ndarray) -> Part:
    shape = tuple(array.shape)
    flat = array.reshape(-1)
    if array.dtype.kind in "OUS":
        texts = [text.decode("utf-8", "replace") if isinstance(text, bytes) else text for text in flat.tolist()]
        return Part(name, texts, dtype="str", shape=shape)
    values, block = _block(flat, "The input" if name is None else f"The input {name!r}")
    return Part(name, values, block, dtype="datetime64[ns]" if block == "date" else array.dtype.name, shape=shape)


def _of_frame(frame: pd.DataFrame, columns: Sequence[dict[str, Any]]) -> Request:
    """With the signature's columns in their order: those that are optional, and did not come, are empty."""
    if not columns:
        is_named = any(isinstance(label, str) for label in frame.columns)
        cut = [(str(label) if is_named else None, index, None) for index, label in enumerate(frame.columns)]
    elif "name" in columns[0]:
        places = {label: index for index, label in enumerate(frame.columns)}
        cut = [(spec["name"], places.get(spec["name"]), spec) for spec in columns]
    else:
        cut = [(None, index if index < len(frame.columns) else None, spec) for index, spec in enumerate(columns)]
    parts = [
        _column(name, [None] * len(frame) if index is None else frame.iloc[:, index], spec) for name, index, spec in cut
    ]
    return Request("columns", len(frame), parts)


def _column(name: str | None, column: Any, spec: dict[str, Any] | None) -> Part:
    type_ = None if spec is None else {key: value for key, value in spec.items() if key not in ("name", "required")}
    if isinstance(column, list):
        return Part(name, column, type=type_)
    array = _plain(column)
    if array.dtype.kind != "O":
        values, block = _block(array, _where(name))
        return Part(name, values, block, type=type_)
    cells = [None if _is_missing(cell) else cell for cell in array.tolist()]
    if any(cell is not None for cell in cells) and all(cell is None or _is_number(cell) for cell in cells):
        numbers = np.array([np.nan if cell is None else cell for cell in cells], dtype=np.float64)
        return Part(name, numbers, "float64", type=type_)
    return Part(name, cells, type=type_)


def _plain(series: pd.Series) -> np.ndarray:
    """The column's values as numpy has them, without pandas' own types."""
    dtype = series.dtype
    if isinstance(dtype, np.dtype):
        return series.to_numpy()
    if isinstance(dtype, pd.DatetimeTZDtype):
        return series.dt.tz_convert("UTC").dt.tz_localize(None).to_numpy()
    inner = getattr(dtype, "numpy_dtype", None)
    if isinstance(inner, np.dtype) and inner.kind in "fiub" and not series.isna().any():
        return series.to_numpy(dtype=inner)
    return series.astype(object).to_numpy()


def _is_number(cell: Any) -> bool:
    """One that a double holds exactly."""
    if isinstance(cell, bool) or not isinstance(cell, (int, float, np.number)):
        return False
    return isinstance(cell, (float, np.floating)) or abs(int(cell)) <= SAFE_INTEGER


def _is_missing(cell: Any) -> bool:
    return cell is None or cell is pd.NA or cell is pd.NaT or (isinstance(cell, float) and cell != cell)


def _block(array: np.ndarray, where: str) -> tuple[np.ndarray, str]:
    """The array as JavaScript reads it. Integers of 64 bits are numbers where that is exact, and else bigints."""
    kind, size = array.dtype.kind, array.dtype.itemsize
    if kind == "M":
        moments = array.astype("datetime64[ms]").astype(np.int64).astype(np.float64)
        return np.where(np.isnat(array), np.nan, moments), "date"
    if kind == "f" and size == 2:
        array = array.astype(np.float32)
    elif (kind == "f" and size > 8) or (kind in "iu" and size == 8 and _is_safe(array)):
        array = array.astype(np.float64)
    # In the processor's order of bytes, which is JavaScript's.
    array = np.ascontiguousarray(array, dtype=array.dtype.newbyteorder("="))
    if array.dtype.name not in BLOCK_DTYPES:
        raise errors.no_dtype(array.dtype, where)
    return array, array.dtype.name


def _is_safe(integers: np.ndarray) -> bool:
    return integers.size == 0 or (int(integers.max()) <= SAFE_INTEGER and int(integers.min()) >= -SAFE_INTEGER)


def _encode_part(part: Part, blocks: list[memoryview]) -> dict[str, Any]:
    if isinstance(part.values, np.ndarray):
        values: dict[str, Any] = {"block": len(blocks), "type": part.block}
        blocks.append(memoryview(part.values).cast("B") if part.values.size else memoryview(b""))
    else:
        where = _where(part.name)
        values = {"cells": [encode_cell(cell, where) for cell in part.values]}
    fields = {"name": part.name, "type": part.type, "dtype": part.dtype, "shape": part.shape}
    return {**{key: value for key, value in fields.items() if value is not None}, "values": values}


def _where(name: str | None) -> str:
    return "The input" if name is None else f"The column {name!r}"
