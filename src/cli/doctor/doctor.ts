import { padToWidth, singleLine, type TextStyle, textStyle } from "../../view";
import type { Command } from "../command";
import type { Session } from "../session";
import { checkEnvironment, checkMode } from "./environment";
import type { Finding } from "./finding";
import { checkKernels } from "./kernels";
import { checkLibraries } from "./libraries";
import { checkPlatform } from "./platform";
import { checkStore } from "./store";

interface Options {
  readonly maskEnvs?: boolean;
  readonly json?: boolean;
  readonly indexes?: boolean;
  readonly trackingUri?: string;
}

/** `trackbook doctor` */
export const examine: Command<Options> = {
  options: [
    { flags: "--mask-envs", description: "mask the values of all environment variables; secrets always are" },
    { flags: "--indexes", description: "make the indexes of ours in the tracking database, if they are missing" },
    { flags: "--json", description: "print JSON: a list of topic, name, state, text, hint" },
  ],
  notes: "Exits with 1 when something is broken. What it prints can go into an issue as it is.",
  examples: ["doctor", "doctor --mask-envs --json"],
  async run({ maskEnvs, json, indexes, trackingUri }, session) {
    const findings = [
      ...checkPlatform(),
      ...(await checkStore(trackingUri, { maskAll: maskEnvs, addsIndexes: indexes })),
      ...checkKernels(),
      ...checkLibraries(),
      checkMode(),
      ...checkEnvironment({ maskAll: maskEnvs }),
    ];
    session.print(json ? JSON.stringify(findings, null, 2) : report(findings, session));
    return findings.some(({ state }) => state === "broken") ? 1 : 0;
  },
};

const SIGNS = {
  ok: { glyph: "✓", tone: "good" },
  note: { glyph: "·", tone: "quiet" },
  warning: { glyph: "!", tone: "warning" },
  broken: { glyph: "✕", tone: "bad" },
} as const;

/** The findings by topic, one line each, and what is to be done below the line that it concerns. */
function report(findings: readonly Finding[], { color }: Session): string {
  const style = textStyle(color);
  const width = Math.max(...findings.map(({ name }) => name.length));
  const topics = [...new Set(findings.map(({ topic }) => topic))];
  const blocks = topics.map((topic) => {
    const lines = findings
      .filter((finding) => finding.topic === topic)
      .flatMap((finding) => linesOf(finding, width, style));
    return [style.bold(topic), ...lines].join("\n");
  });
  return [...blocks, verdict(findings)].join("\n\n");
}

function linesOf({ name, state, text, hint }: Finding, width: number, style: TextStyle): string[] {
  const { glyph, tone } = SIGNS[state];
  const line = `${style.tone(tone, glyph)} ${padToWidth(name, width)}  ${singleLine(text)}`;
  return hint === undefined ? [line] : [line, `  ${padToWidth("", width)}  ${style.dim(`hint: ${singleLine(hint)}`)}`];
}

function verdict(findings: readonly Finding[]): string {
  const broken = findings.filter(({ state }) => state === "broken").map(({ name }) => name);
  const doubtful = findings.filter(({ state }) => state === "warning").map(({ name }) => name);
  if (broken.length > 0) return `Broken: ${broken.join(", ")}.`;
  return doubtful.length > 0 ? `Nothing is broken; look at: ${doubtful.join(", ")}.` : "Nothing is broken.";
}
