import { join } from "node:path";
import { CACHE } from "../repository";
import { chromium } from "./chromium";
import { danfojs } from "./danfojs";
import { deno } from "./deno";
import { mariadb } from "./mariadb";
import { nextMlflow } from "./next-mlflow";
import { nodes } from "./nodes";
import { onnxruntime } from "./onnxruntime";
import type { Part } from "./part";
import { postgresql } from "./postgresql";
import { python } from "./python";
import { tfjsNode } from "./tfjs-node";
import { tslab } from "./tslab";

export type { Part, PartName, PartPaths, PartState, PartStates } from "./part";

/** Everything the tests need that npm does not install. */
export const PARTS: readonly Part[] = [
  python,
  nextMlflow,
  tslab,
  deno,
  ...nodes,
  tfjsNode,
  danfojs,
  onnxruntime,
  chromium,
  postgresql,
  mariadb,
];

/** Where `npm run prepare-tests` writes what it found, for tests/support/parts.ts. */
export const PART_STATES = join(CACHE, "parts.json");
