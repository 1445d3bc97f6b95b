import type { Integration } from "./integration";
import { mlRandomForest } from "./ml-random-forest";
import { mlRegression } from "./ml-regression";
import { tfjs } from "./tfjs";

/** The libraries that autolog knows by itself. */
export const integrations: readonly Integration[] = [mlRegression, mlRandomForest, tfjs];
