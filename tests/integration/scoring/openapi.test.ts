import { join } from "node:path";
import { expect, test } from "vitest";
import { createScoringApp } from "../../../src/server/scoring";
import { describeWithParts } from "../../support/parts";
import { runPython } from "../../support/python";
import { MODELS, servedModel } from "./models";

interface Document {
  readonly paths: {
    readonly "/invocations": {
      readonly post: {
        readonly requestBody: {
          readonly content: {
            readonly "application/json": { readonly examples: { readonly example: { readonly value: unknown } } };
          };
        };
      };
    };
  };
}

const NAMES = Object.keys(MODELS).filter((name) => name !== "raises");
const appOf = (name: string) =>
  createScoringApp(servedModel(name, MODELS[name] as NonNullable<(typeof MODELS)[string]>), { version: "1.2.3" });
const documentOf = async (name: string) => (await (await appOf(name).request("/openapi.json")).json()) as Document;

describeWithParts(["python"], "the OpenAPI document", ({ python: { python } }) => {
  test("of every model is one, to FastAPI's reader", async () => {
    const documents = await Promise.all(NAMES.map(documentOf));
    expect(await runPython(python, join(__dirname, "validate_openapi.py"), { input: documents })).toBe("valid");
    await expect(
      runPython(python, join(__dirname, "validate_openapi.py"), { input: [{ openapi: "3.1.0" }] }),
    ).rejects.toThrow("ValidationError");
  });
});

test.each(NAMES)("the example in the document of %s is answered", async (name) => {
  const { paths } = await documentOf(name);
  const { value } = paths["/invocations"].post.requestBody.content["application/json"].examples.example;
  const headers = { "content-type": "application/json" };
  const answer = await appOf(name).request("/invocations", { method: "POST", headers, body: JSON.stringify(value) });
  expect(answer.status, await answer.text()).toBe(200);
});
