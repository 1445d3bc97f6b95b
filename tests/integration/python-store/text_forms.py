"""Answers those numbers that Python's repr writes otherwise, and those YAML texts that PyYAML reads otherwise."""
import json
import struct
import sys

import yaml


def read(text):
    try:
        return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError as error:
        return str(error)


cases = json.load(sys.stdin)
floats = [[text, repr(value)] for bits, text in cases["floats"] for value in struct.unpack(">d", bytes.fromhex(bits)) if repr(value) != text]
texts = [[text, read(text)] for text, value in cases["yaml"] if read(text) != {"key": value}]
print(json.dumps({"floats": floats, "yaml": texts}))
