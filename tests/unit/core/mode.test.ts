import { expect, test } from "vitest";
import { readMode } from "../../../src/core";

test("what is no mode is said in a sentence, with the nearest mode or all of them", () => {
  expect(readMode("Offline ")).toEqual({ mode: "offline" });
  expect(readMode("off")).toEqual({
    mode: "online",
    trouble: "TRACKBOOK_MODE=off is no mode (online, offline, disabled). Runs are recorded",
  });
  expect(readMode("onlin").trouble).toBe('TRACKBOOK_MODE=onlin is no mode, did you mean "online"? Runs are recorded');
});
