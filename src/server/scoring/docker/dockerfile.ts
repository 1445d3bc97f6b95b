import { COPIES } from "../../../models/environment";

/** What a Dockerfile is written for. */
export interface DockerfileFacts {
  /** Shown in its first line. */
  readonly modelUri: string;
  /** The major version of Node that the model was made with. */
  readonly nodeMajor: string;
  /** Whether the model brings a lock file of what it needs. */
  readonly hasLock: boolean;
  /** Whether it brings packages that no registry has. */
  readonly hasCopies: boolean;
  /** What the model needs, where it brings no lock file: `ml-regression@6.3.0`. */
  readonly packages: readonly string[];
}

const PORT = 8080;

/**
 * A Dockerfile that serves the model in `model/` by the trackbook in `trackbook/`: on a plain Node image, with the model's own versions of
 * its packages, as a user without rights. What changes seldom comes first.
 */
export function dockerfile(facts: DockerfileFacts): string {
  const { modelUri, nodeMajor } = facts;
  const lines = [
    `# Serves ${oneLine(modelUri)}. In this folder: docker build -t model . && docker run -p ${PORT}:${PORT} model`,
    `FROM node:${nodeMajor}-slim`,
    "WORKDIR /opt/served",
    "COPY trackbook/package.json trackbook/",
    "RUN npm install --prefix trackbook --omit=dev --omit=peer --omit=optional --no-audit --no-fund",
    ...modelPackages(facts),
    "COPY trackbook trackbook",
    "COPY model model",
    "ENV NODE_ENV=production",
    "USER node",
    `EXPOSE ${PORT}`,
    `HEALTHCHECK --interval=10s --timeout=5s --start-period=30s CMD ["node", "-e", "${CHECK}"]`,
    `CMD ["node", "trackbook/dist/cli/index.js", "models", "serve", "--model-uri", "model", "--host", "0.0.0.0", "--port", "${PORT}"]`,
  ];
  return `${lines.join("\n")}\n`;
}

const CHECK = `fetch('http://127.0.0.1:${PORT}/ping').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))`;

function modelPackages({ hasLock, hasCopies, packages }: DockerfileFacts): readonly string[] {
  if (hasLock)
    return [
      "COPY model/package.json model/package-lock.json model/",
      ...(hasCopies ? [`COPY model/${COPIES} model/${COPIES}`] : []),
      "RUN npm ci --prefix model --omit=dev --no-audit --no-fund",
    ];
  return packages.length === 0 ? [] : [`RUN npm install --prefix model --no-audit --no-fund ${packages.join(" ")}`];
}

/** A line break in a comment would begin an instruction. */
const oneLine = (text: string): string => text.replace(/[\p{Cc}\u2028\u2029]+/gu, " ");
