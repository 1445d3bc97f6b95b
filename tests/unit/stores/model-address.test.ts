import { describe, expect, test } from "vitest";
import { parseModelAddress } from "../../../src/stores";
import { errorOf } from "../../support/error-of";

describe("an address of a model", () => {
  test.each<[string, object]>([
    ["mlruns/0/abc/artifacts/model", { kind: "place", uri: "mlruns/0/abc/artifacts/model" }],
    ["file:///a/model", { kind: "place", uri: "file:///a/model" }],
    ["runs:/abc/model", { kind: "run", runId: "abc", path: "model" }],
    [
      "runs:/abc/some/elasticnet_alpha_0.2_l1_0.3/",
      { kind: "run", runId: "abc", path: "some/elasticnet_alpha_0.2_l1_0.3" },
    ],
    ["models:/m-00", { kind: "logged", modelId: "m-00" }],
    ["models:/wine/12", { kind: "version", name: "wine", version: 12 }],
    ["models:/m-wine/1", { kind: "version", name: "m-wine", version: 1 }],
    ["models:/wine/latest", { kind: "newest", name: "wine" }],
    ["models:/wine/Latest", { kind: "newest", name: "wine" }],
    ["models:/wine/production", { kind: "newest", name: "wine", stage: "Production" }],
    ["models:/wine@champion", { kind: "alias", name: "wine", alias: "champion" }],
    ["models:/a wine@v1.0", { kind: "alias", name: "a wine", alias: "v1.0" }],
  ])("%s", (uri, address) => {
    expect(parseModelAddress(uri)).toEqual(address);
  });

  const any = '"runs:/RUN_ID/model" is the model that a training left on its run.';
  test.each<[unknown, string]>([
    ["", any],
    [undefined, any],
    [5, any],
    ["runs:/abc", "runs:/RUN_ID/NAME: the name is that given to logModel."],
    ["runs:/", "runs:/RUN_ID/NAME: the name is that given to logModel."],
    ["models:/", any],
    ["models:/wine", "models:/wine/latest is the newest version."],
    ["models:/wine/champion", "an alias is written models:/wine@champion."],
    ["models:/wine/0", "an alias is written models:/wine@0."],
    ["models:/wine/1/2", any],
  ])("%j is none", (uri, hint) => {
    const error = errorOf(() => parseModelAddress(uri));
    expect(error.message).toMatch(
      /^This is no address of a model\. Received: .* Accepted: a folder, runs:\/RUN_ID\/NAME/,
    );
    expect(error.hint).toBe(hint);
  });
});
