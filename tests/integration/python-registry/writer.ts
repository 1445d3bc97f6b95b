/** One of several processes that add versions to the registered model `shared` at once: `writer.ts ROOT GATE NUMBER`. */
import { existsSync, writeFileSync } from "node:fs";
import { pause } from "../../../src/core";
import { fileRegistry } from "../../../src/stores";

const [root, gate, number] = process.argv.slice(2) as [string, string, string];
const registry = fileRegistry({ root });
writeFileSync(`${gate}.${number}`, "");
while (!existsSync(gate)) pause(1);
const versions = Array.from({ length: 60 }, (_, index) => {
  const tags = [{ key: "writer", value: number }];
  const { version } = registry.createModelVersion("shared", { source: `/${number}/${index}`, tags });
  if (index % 10 === 0) registry.setRegisteredModelAlias("shared", `alias-${number}`, version);
  return version;
});
console.log(JSON.stringify(versions));
