import { expect, test } from "vitest";
import { dockerfile } from "../../../../src/server/scoring/docker/dockerfile";

const FACTS = { modelUri: "models:/m/1", nodeMajor: "22", hasLock: true, hasCopies: false, packages: [] };

test("packages that go with the model are there before npm ci is run", () => {
  const [before = "", after] = dockerfile({ ...FACTS, hasCopies: true }).split("RUN npm ci");
  expect(before).toContain("COPY model/packages model/packages\n");
  expect(after).toBeDefined();
  expect(dockerfile(FACTS)).not.toContain("model/packages");
});
