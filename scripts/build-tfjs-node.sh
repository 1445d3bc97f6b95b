#!/usr/bin/env bash
# Compiles the native backend of @tensorflow/tfjs-node 4.22 without its install script, which downloads libtensorflow
# from a host that many companies and CI do not reach. PyPI's tensorflow-cpu wheel holds the same library and headers.
# The result is a Node-API addon: built once, it loads in every Node.
#
# usage: build-tfjs-node.sh FOLDER TENSORFLOW_VERSION [NODE_PREFIX]
#   FOLDER       an npm project with @tensorflow/tfjs-node and node-gyp installed (--ignore-scripts)
#   NODE_PREFIX  holds include/node/node_api.h; without it node-gyp downloads Node's headers
set -euo pipefail

folder=$(cd "$1" && pwd)
tensorflow=$2
node_prefix=${3:-}
package=$folder/node_modules/@tensorflow/tfjs-node
work=$folder/build

rm -rf "$work" "$package/deps"
mkdir -p "$work/wheel" "$package/deps/lib"

# The wheel is for Python 3.11 whatever Python unpacks it: nothing of it is run.
python3 -m venv "$work/venv"
"$work/venv/bin/python" -m pip download -q --no-deps --only-binary=:all: --python-version 3.11 \
  --platform manylinux_2_17_x86_64 --platform manylinux2014_x86_64 -d "$work/wheel" "tensorflow-cpu==$tensorflow"

"$work/venv/bin/python" - "$work"/wheel/*.whl "$package/deps" <<'PYTHON'
import pathlib, shutil, sys, zipfile

LIBRARIES = {"tensorflow/libtensorflow_cc.so.2", "tensorflow/libtensorflow_framework.so.2"}
HEADERS = tuple("tensorflow/include/" + part for part in ("tensorflow/c/", "tensorflow/core/platform/", "tensorflow/tsl/", "tsl/", "xla/tsl/"))

wheel, deps = sys.argv[1], pathlib.Path(sys.argv[2])
with zipfile.ZipFile(wheel) as archive:
    for name in archive.namelist():
        if name in LIBRARIES:
            target = deps / "lib" / pathlib.PurePosixPath(name).name
        elif name.startswith(HEADERS) and not name.endswith("/"):
            target = deps / pathlib.PurePosixPath(name).relative_to("tensorflow")
        else:
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        with archive.open(name) as source, open(target, "wb") as sink:
            shutil.copyfileobj(source, sink)
PYTHON

ln -s libtensorflow_cc.so.2 "$package/deps/lib/libtensorflow.so"
ln -s libtensorflow_framework.so.2 "$package/deps/lib/libtensorflow_framework.so"

cd "$package"
node "$folder/node_modules/node-gyp/bin/node-gyp.js" rebuild ${node_prefix:+--nodedir="$node_prefix"} \
  --module_name=tfjs_binding --module_path="$package/lib/napi-v8" --napi_version=9 --napi_build_version=8
rm -rf "$package/build" "$package/deps/include" "$work"
