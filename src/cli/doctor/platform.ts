import { release } from "node:os";
import { satisfies } from "semver";
import { readVersion } from "../version";
import type { Finding } from "./finding";

/** What package.json's `engines` asks for. */
const NODE_RANGE = ">=20.19.0";

/** Versions of trackbook, Node and the system. */
export function checkPlatform(version = process.versions.node): Finding[] {
  const isSupported = satisfies(version, NODE_RANGE, { includePrerelease: true });
  return [
    { topic: "platform", name: "trackbook", state: "note", text: readVersion() },
    {
      topic: "platform",
      name: "Node.js",
      state: isSupported ? "ok" : "broken",
      text: version,
      hint: isSupported ? undefined : `trackbook needs Node.js ${NODE_RANGE}.`,
    },
    { topic: "platform", name: "system", state: "note", text: `${process.platform} ${process.arch}, ${release()}` },
  ];
}
