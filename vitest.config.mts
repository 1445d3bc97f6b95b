import { existsSync, statfsSync } from "node:fs";
import { tmpdir } from "node:os";
import { fileURLToPath } from "node:url";
import { defineConfig, type Plugin } from "vitest/config";

/**
 * Vitest runs the source as ES modules, where `require("./…")`, by which a part is loaded when it is first used, finds no TypeScript: there it is
 * an import. What loads the parser of sources stays as it is, for it is slow to load; tests of the built package use it.
 */
const lazyParts: Plugin = {
  name: "lazy-parts",
  enforce: "pre",
  transform(code, id) {
    if (!/\/src\/.+\.ts$/.test(id)) return undefined;
    const paths: string[] = [];
    const replaced = code.replace(/\brequire\("(\.[^"]+)"\)/g, (call, path: string) =>
      path.endsWith("/source-segment") ? call : `lazyPart${paths.push(path)}`,
    );
    const imports = paths.map((path, index) => `import * as lazyPart${index + 1} from ${JSON.stringify(path)};`);
    return paths.length > 0 ? { code: imports.join("") + replaced, map: null } : undefined;
  },
};

/** What goes with a model in compiled form is compiled when a test asks for it. */
const compiledText: Plugin = {
  name: "compiled-text",
  enforce: "pre",
  resolveId(source, importer) {
    if (source !== "./shipped-text" || !/\/src\/core\/disk\/index\.ts$/.test(importer ?? "")) return undefined;
    return fileURLToPath(new URL("tests/support/compiled-text.ts", import.meta.url));
  },
};

/** In CI every test file has a process of its own; in the inner loop the files of a worker share theirs, which is three times as fast. */
const apart = process.env.CI === "true";

/** In the inner loop tests keep their folders in memory, where Linux has room there: on a disk a fifth of the time goes to files that nobody needs. */
const MEMORY = "/dev/shm";
const ROOM = 1024 ** 3;
const hasMemory = !apart && existsSync(MEMORY) && statfsSync(MEMORY).bavail * statfsSync(MEMORY).bsize > ROOM;

// Forks and not threads: tests patch how modules load, change the working directory and listen to signals.
export default defineConfig({
  plugins: [lazyParts, compiledText],
  test: {
    pool: "forks",
    maxWorkers: 2,
    // What was compiled for the last run is not compiled again.
    experimental: { fsModuleCache: !apart, fsModuleCachePath: ".cache/vitest" },
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["tests/unit/**/*.test.ts"],
          isolate: apart,
          env: { TMPDIR: hasMemory ? MEMORY : tmpdir() },
          setupFiles: apart ? [] : ["tests/support/as-new-process.ts"],
          // A machine of CI may be a slow one.
          testTimeout: apart ? 60_000 : 10_000,
        },
      },
      {
        extends: true,
        test: {
          name: "integration",
          include: ["tests/integration/**/*.test.ts", "tests/tutorial/**/*.test.ts"],
          // Of npm, whose registry may not answer for a moment.
          env: {
            npm_config_fetch_retries: "5",
            npm_config_fetch_timeout: "60000",
            npm_config_fetch_retry_mintimeout: "1000",
            npm_config_fetch_retry_maxtimeout: "20000",
          },
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
