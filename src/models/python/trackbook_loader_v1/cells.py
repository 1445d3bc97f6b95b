"""Single values in JSON from which they come back as they were; node/cells.ts is the other side."""

from __future__ import annotations

import base64
import datetime
import decimal
import math
from typing import Any

import numpy as np
import pandas as pd

from . import errors

SAFE_INTEGER = 2**53 - 1
EPOCH = datetime.datetime(1970, 1, 1)
MILLISECOND = datetime.timedelta(milliseconds=1)


def encode_cell(value: Any, where: str) -> Any:
    """`where` names the column, for the error."""
    if value is None or isinstance(value, (str, bool)):
        return value
    if isinstance(value, float):
        return _encode_float(value)
    if isinstance(value, int):
        return value if abs(value) <= SAFE_INTEGER else {"i": str(value)}
    if isinstance(value, (list, tuple)):
        return [encode_cell(item, where) for item in value]
    if isinstance(value, dict):
        return {"o": [[str(key), encode_cell(item, where)] for key, item in value.items()]}
    if isinstance(value, (bytes, bytearray, memoryview)):
        return {"b": base64.b64encode(bytes(value)).decode("ascii")}
    return _encode_other(value, where)


def _encode_other(value: Any, where: str) -> Any:
    if value is pd.NA or value is pd.NaT:
        return None
    if isinstance(value, datetime.datetime):
        return {"d": milliseconds(value)}
    if isinstance(value, datetime.date):
        return {"d": milliseconds(datetime.datetime(value.year, value.month, value.day))}
    if isinstance(value, np.datetime64):
        return encode_cell(pd.Timestamp(value), where)
    if isinstance(value, (np.bool_, np.integer, np.floating)):
        return encode_cell(value.item(), where)
    if isinstance(value, np.ndarray):
        return [encode_cell(item, where) for item in value.tolist()]
    if isinstance(value, decimal.Decimal):
        return _encode_float(float(value))
    raise errors.no_cell(value, where)


def _encode_float(value: float) -> Any:
    if math.isfinite(value):
        return float(value)
    return {"n": "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"}


def milliseconds(time: datetime.datetime) -> float:
    """Since 1970; a time without a zone is taken for UTC."""
    if time.tzinfo is not None:
        time = time.astimezone(datetime.timezone.utc).replace(tzinfo=None)
    return (time - EPOCH) / MILLISECOND


def decode_cell(cell: Any) -> Any:
    """A JavaScript number is a float, whole or not; a bigint is an int."""
    if isinstance(cell, list):
        return [decode_cell(item) for item in cell]
    if isinstance(cell, int) and not isinstance(cell, bool):
        return float(cell)
    if not isinstance(cell, dict):
        return cell
    if "n" in cell:
        return float(cell["n"])
    if "i" in cell:
        return int(cell["i"])
    if "d" in cell:
        return None if cell["d"] is None else EPOCH + cell["d"] * MILLISECOND
    if "b" in cell:
        return base64.b64decode(cell["b"])
    return {key: decode_cell(item) for key, item in cell["o"]}
