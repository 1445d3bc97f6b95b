/**
 * Preloaded into a process whose writes to the folder FAULT_STORE are cut: it kills itself instead of write operation number
 * FAULT_AT, or, with FAULT_BYTES, when so many of the operation's bytes are written. At its end a whole
 * process writes its operations to the file FAULT_COUNT.
 */
"use strict";
// A verb writes by itself when the last write is long ago: what is written must not hang on how fast the process is.
const begun = performance.now();
performance.now = () => begun;

const fs = require("node:fs");

const { FAULT_STORE: store, FAULT_AT: cutAt, FAULT_BYTES: written, FAULT_COUNT: countFile } = process.env;
const { existsSync, statSync, writeFileSync, readFileSync, writeSync } = fs;
/** The paths of open files, by descriptor. */
const files = new Map();
const operations = [];
/** Node's own functions call each other: the outermost is the operation. */
let isInside = false;

/** Counts an operation on the store; kills the process when it is the one. */
function count(name, target, data, writeSome) {
  const path = typeof target === "number" ? files.get(target) : String(target);
  if (!path?.startsWith(store)) return;
  const bytes = data && Buffer.from(data());
  const offset = name === "appendFileSync" && existsSync(path) ? statSync(path).size : 0;
  operations.push({ name, path: path.slice(store.length), offset, bytes: bytes?.length });
  if (operations.length !== Number(cutAt)) return;
  if (written && bytes) writeSome(bytes.subarray(0, Number(written)));
  process.kill(process.pid, "SIGKILL");
  // The signal may take a moment to arrive.
  for (;;);
}

function hook(name, before) {
  const original = fs[name];
  fs[name] = (...args) => {
    if (isInside) return original.apply(fs, args);
    isInside = true;
    try {
      before(args, original);
      const answer = original.apply(fs, args);
      if (name === "openSync") files.set(answer, String(args[0]));
      return answer;
    } finally {
      isInside = false;
    }
  };
}

hook("openSync", ([path, flags = "r"]) => {
  if (flags !== "r") count("openSync", path);
});
hook("writeSync", ([file, data, position], write) =>
  count(
    "writeSync",
    file,
    () => data,
    (some) => write(file, some, 0, some.length, position),
  ),
);
for (const name of ["writeFileSync", "appendFileSync"])
  hook(name, ([path, data, options], write) =>
    count(
      name,
      path,
      () => data,
      (some) => write(path, some, options),
    ),
  );
hook("copyFileSync", ([from, to]) =>
  count(
    "copyFileSync",
    to,
    () => readFileSync(from),
    (some) => writeFileSync(to, some),
  ),
);
// What a stream that writes a file calls.
hook("open", (args) => {
  const [path, flags = "r"] = args;
  if (flags !== "r") count("open", path);
  const callback = args.pop();
  args.push((error, file) => {
    if (!error) files.set(file, String(path));
    callback(error, file);
  });
});
hook("write", ([file, data, offset, length]) =>
  count(
    "write",
    file,
    () => data.subarray(offset, offset + length),
    (some) => writeSync(file, some),
  ),
);
hook("writev", ([file, buffers]) =>
  count(
    "writev",
    file,
    () => Buffer.concat(buffers),
    (some) => writeSync(file, some),
  ),
);
hook("createWriteStream", ([path]) => count("createWriteStream", path));
for (const name of ["mkdirSync", "rmSync", "unlinkSync", "ftruncateSync"])
  hook(name, ([target]) => count(name, target));
for (const name of ["renameSync", "linkSync", "cpSync"]) hook(name, ([, to]) => count(name, to));

process.on("exit", () => {
  if (countFile) writeFileSync(countFile, JSON.stringify(operations));
});
