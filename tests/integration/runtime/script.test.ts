import { spawn } from "node:child_process";
import { describe, expect, test } from "vitest";
import { createInstalledFolder, inner } from "../../support/installed-folder";
import { describeWithParts } from "../../support/parts";

interface Ended {
  readonly output: string;
  readonly errors: string;
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** Runs a script; each line `ready` that it prints is answered with the next of the signals. */
function run(
  command: readonly string[],
  signals: readonly NodeJS.Signals[] = [],
  env: NodeJS.ProcessEnv = {},
): Promise<Ended> {
  const [program = "", ...args] = command;
  const child = spawn(program, args, {
    // Node takes any terminal for a colourless one where `CI` is set.
    env: { ...process.env, CI: undefined, FORCE_COLOR: undefined, NO_COLOR: undefined, ...env },
  });
  const waiting = [...signals];
  let output = "";
  let errors = "";
  child.stdout.on("data", (chunk) => {
    output += chunk;
    const asked = output.split("ready\n").length - 1;
    while (signals.length - waiting.length < asked && waiting.length > 0) child.kill(waiting.shift());
  });
  child.stderr.on("data", (chunk) => {
    errors += chunk;
  });
  return new Promise((resolve) => child.on("close", (code, signal) => resolve({ output, errors, code, signal })));
}

const script = (code: string) => [process.execPath, "-e", `const here = ${inner("runtime")}.currentRuntime();${code}`];

const LIVE = `
  for (let epoch = 1; epoch <= 3; epoch++) here.display({ "text/plain": "epoch " + epoch }, { id: "card", update: epoch > 1 });`;

describe("what a script shows", () => {
  test("in a pipe: what was asked for, and nothing of what changes", async () => {
    const { output, errors } = await run(script(`here.display({ "text/plain": "a table" });${LIVE}`));
    expect(output).toBe("a table\n");
    expect(errors).toBe("");
  });

  test("in a pipe: nothing of its trainings", async () => {
    const code = `process.chdir(${JSON.stringify(createInstalledFolder("ml-regression"))});
      ${inner("index.js")}.autolog();
      const { SimpleLinearRegression } = require(process.cwd() + "/node_modules/ml-regression");
      console.log(new SimpleLinearRegression([1, 2, 3], [1, 2, 3]).slope, ${inner("index.js")}.lastActiveRun().status);`;
    expect(await run([process.execPath, "-e", code])).toMatchObject({ output: "1 FINISHED\n", errors: "", code: 0 });
  });

  describeWithParts(["python"], "on a terminal", ({ python }) => {
    const terminal = (code: string, env: NodeJS.ProcessEnv = {}) =>
      run([python.python, "-c", "import pty, sys; pty.spawn(sys.argv[1:])", ...script(code)], [], {
        TERM: "xterm-256color",
        ...env,
      });

    test("what changes is redrawn in place", async () => {
      const { output } = await terminal(LIVE);
      expect(output).toBe("epoch 1\r\n\x1b[1A\r\x1b[0Jepoch 2\r\n\x1b[1A\r\x1b[0Jepoch 3\r\n");
    });

    test("nothing that the script prints itself is lost", async () => {
      const { output } = await terminal(`console.log("one");${LIVE}console.log("two");${LIVE}`);
      expect(output).toContain("one");
      expect(output.endsWith("epoch 3\r\ntwo\r\n")).toBe(true);
    });

    test("in colour, unless NO_COLOR says otherwise", async () => {
      const style = "console.log(String(here.textStyle(true).color))";
      expect((await terminal(style)).output).toBe("true\r\n");
      expect((await terminal(style, { NO_COLOR: "1" })).output).toBe("false\r\n");
    });
  });
});

describe("how a script ends", () => {
  const waiting = `setTimeout(() => {}, 60_000); console.log("ready");`;

  test.each([
    ["SIGINT", "onInterrupt"],
    ["SIGTERM", "onTerminate"],
  ] as const)("%s is heard, asynchronous work is finished, and the process dies of it", async (signal, hook) => {
    const ended = await run(
      script(
        `here.${hook}(async () => { await new Promise((done) => setTimeout(done, 20)); console.log("stored"); });${waiting}`,
      ),
      [signal],
    );
    expect(ended).toMatchObject({ output: "ready\nstored\n", signal });
  });

  test("a user who listens to the signal decides alone", async () => {
    for (const listen of ["on", "once"]) {
      const ended = await run(
        script(`process.${listen}("SIGINT", () => { console.log("mine"); clearTimeout(timer); });
          here.onInterrupt(() => console.log("ours")); const timer = ${waiting}`),
        ["SIGINT"],
      );
      expect(ended).toMatchObject({ output: "ready\nmine\n", code: 0, signal: null });
    }
  });

  test("a listener that was taken off leaves the signal as it was", async () => {
    const ended = await run(script(`here.onInterrupt(() => console.log("ours"))();${waiting}`), ["SIGINT"]);
    expect(ended).toMatchObject({ output: "ready\n", signal: "SIGINT" });
  });

  test("a second Ctrl-C does not wait for what never ends", async () => {
    const ended = await run(
      script(
        `here.onInterrupt(() => { console.log("ready"); return new Promise(() => setTimeout(() => {}, 60_000)); });${waiting}`,
      ),
      ["SIGINT", "SIGINT"],
    );
    expect(ended).toMatchObject({ signal: "SIGINT" });
  });

  test("at its natural end, and at its exit", async () => {
    const ended = await run(
      script(`here.onShutdown(() => console.log("nothing left to do")); here.onCellEnd(() => console.log("the end"));`),
    );
    expect(ended.output).toBe("nothing left to do\nthe end\n");
    const exited = await run(script(`here.onCellEnd(() => console.log("the end")); process.exit(3);`));
    expect(exited).toMatchObject({ output: "the end\n", code: 3 });
  });
});
