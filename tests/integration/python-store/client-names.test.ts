import { join } from "node:path";
import { expect, test } from "vitest";
import { TrackingClient } from "../../../src/tracking";
import { describeWithParts } from "../../support/parts";
import { runPython } from "../../support/python";
import { temporaryFolder } from "../../support/temporary-folder";

/** What MlflowClient has and TrackingClient leaves out on purpose. */
const LEFT_OUT: readonly { readonly names: RegExp; readonly why: string }[] = [
  { names: /_(?:traces?|span)(?:_|$)|traces_/, why: "tracing of calls to language models is out of scope" },
  { names: /prompt/, why: "prompts belong to language models" },
  { names: /_mcp_/, why: "so do the servers that they call" },
  { names: /_datasets?$|_dataset_/, why: "data sets to evaluate language models with; those of a run are its inputs" },
  { names: /webhook/, why: "a server's own affair: its URLs are called by it" },
  { names: /workspace/, why: "the spaces of a server of many teams" },
  { names: /^log_stream$/, why: "logArtifact takes files, logText and logImage what is in memory" },
  { names: /^load_table$/, why: "downloadArtifacts gives the file of a table, which is JSON" },
  { names: /^get_model_version_stages$/, why: "the type of transitionModelVersionStage names all four" },
];

const camel = (name: string): string => name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());

describeWithParts(["python"], "the operations of Python's client", ({ python: { python } }) => {
  test("have their names in ours, in camelCase, and at least take what must be given; what is left out has a reason", async () => {
    const theirs = await runPython<Record<string, string[]>>(python, join(__dirname, "client_names.py"));
    const client: object = new TrackingClient(temporaryFolder());
    const names = Object.keys(theirs);
    const missing = names.filter((name) => !(camel(name) in client));
    expect(missing.filter((name) => !LEFT_OUT.some(({ names: left }) => left.test(name)))).toEqual([]);
    for (const { names: left } of LEFT_OUT) {
      const meant = names.filter((name) => left.test(name));
      expect(meant.length, String(left)).toBeGreaterThan(0);
      expect(meant.filter((name) => camel(name) in client)).toEqual([]);
    }
    for (const [name, required] of Object.entries(theirs)) {
      const method: unknown = Reflect.get(client, camel(name));
      if (typeof method === "function") expect(method.length, name).toBeGreaterThanOrEqual(required.length);
    }
  });
});
