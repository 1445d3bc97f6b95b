import { MATRIX_TRAININGS, TRAINING_DATA } from "./matrix-trainings";

/** How a script's modules are loaded. */
export const LOADERS = {
  CommonJS: { ending: "cjs", tsx: false },
  "ES modules": { ending: "mjs", tsx: false },
  "tsx, CommonJS": { ending: "ts", tsx: true },
  "tsx, ES modules": { ending: "mts", tsx: true },
} as const;

export type LoaderName = keyof typeof LOADERS;

/** In which order a script imports trackbook and the library, and calls `autolog()`. */
export const ORDERS = [
  "autolog(), then the library",
  "trackbook, library, autolog()",
  "library (its names), trackbook, autolog()",
  "library (whole), trackbook, autolog()",
  "autolog(), then await import()",
  "--import trackbook/register, library, trackbook, autolog()",
] as const;

export type OrderName = (typeof ORDERS)[number];

/** A script as files, the first of which is run. */
export interface MatrixProgram {
  readonly entry: string;
  readonly files: Readonly<Record<string, string>>;
  readonly preloaded: boolean;
}

/** What the trainings need of trackbook. */
export const TRACKBOOK_NAMES = "activeRun, autolog, flush";
/** Finding the source loads a parser, and has tests of its own. */
export const AUTOLOG_CALL = "autolog({ logSource: false });";

/**
 * The program that trains everything after imports in this order, and prints the run of each training as JSON. TensorFlow.js is
 * imported as `tensorflow`.
 */
export function matrixProgram(loader: LoaderName, order: OrderName, tensorflow: string): MatrixProgram {
  const { ending } = LOADERS[loader];
  const entry = `program.${ending}`;
  const setup = `setup.${ending}`;
  const write = ending === "cjs" ? requires : imports;
  const trackbook = write.names(TRACKBOOK_NAMES, "trackbook");
  const packages = namesByPackage(tensorflow);
  const libraries = packages.map(([name, names]) => write.names(names.join(", "), name));
  const whole = packages.map(([name], index) => write.whole(`library${index}`, name));
  const fromWhole = packages.map(([, names], index) => `const { ${names.join(", ")} } = library${index};`).join(" ");
  const dynamic = packages.map(([name, names]) => `const { ${names.join(", ")} } = await import("${name}");`);
  const lines: Record<OrderName, readonly string[]> = {
    "autolog(), then the library": [write.file(`./${setup.replace(/ts$/, "js")}`), ...libraries, trackbook, body()],
    "trackbook, library, autolog()": [trackbook, ...libraries, AUTOLOG_CALL, body()],
    "library (its names), trackbook, autolog()": [...libraries, trackbook, AUTOLOG_CALL, body()],
    "library (whole), trackbook, autolog()": [...whole, trackbook, AUTOLOG_CALL, body([], fromWhole)],
    "autolog(), then await import()": [trackbook, AUTOLOG_CALL, body(dynamic)],
    "--import trackbook/register, library, trackbook, autolog()": [...libraries, trackbook, AUTOLOG_CALL, body()],
  };
  return {
    entry,
    files: {
      [entry]: lines[order].join("\n"),
      [setup]: [write.names("autolog", "trackbook"), AUTOLOG_CALL].join("\n"),
    },
    preloaded: order.startsWith("--import"),
  };
}

/** Trains everything, where the names of the libraries are known; `before` stands at the start of each training's function. */
export function trainAll(before = ""): string {
  const entries = MATRIX_TRAININGS.map(
    ({ name, expression }) => `  ${JSON.stringify(name)}: async () => { ${before} return ${expression}; },`,
  );
  return `${TRAINING_DATA}
const trainings = {\n${entries.join("\n")}\n};
const trained = {};
for (const [name, train] of Object.entries(trainings)) {
  const before = activeRun()?.id;
  await train();
  const after = activeRun()?.id;
  trained[name] = after === before ? null : after;
}
await flush();
console.log(JSON.stringify(trained));`;
}

/** The names that the trainings take from each package, TensorFlow.js being found under `tensorflow`. */
export function namesByPackage(tensorflow = "@tensorflow/tfjs"): readonly (readonly [string, readonly string[]])[] {
  const packages = [...new Set(MATRIX_TRAININGS.map((training) => training.package))];
  return packages.map((name) => {
    const used = MATRIX_TRAININGS.filter((training) => training.package === name);
    return [
      name === "@tensorflow/tfjs" ? tensorflow : name,
      [...new Set(used.flatMap((training) => training.imports))],
    ];
  });
}

/** Import statements. */
export const imports = {
  file: (path: string) => `import ${JSON.stringify(path)};`,
  names: (names: string, from: string) => `import { ${names} } from ${JSON.stringify(from)};`,
  whole: (name: string, from: string) => `import * as ${name} from ${JSON.stringify(from)};`,
};

const requires: typeof imports = {
  file: (path) => `require(${JSON.stringify(path)});`,
  names: (names, from) => `const { ${names} } = require(${JSON.stringify(from)});`,
  whole: (name, from) => `const ${name} = require(${JSON.stringify(from)});`,
};

function body(start: readonly string[] = [], before = ""): string {
  const rejected = "(error) => { console.error(error); process.exitCode = 1; }";
  return `async function main() {\n${[...start, trainAll(before)].join("\n")}\n}\nmain().catch(${rejected});\n`;
}
