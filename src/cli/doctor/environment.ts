import { readMode } from "../../core";
import type { Finding } from "./finding";

const OURS = /^(MLFLOW|TRACKBOOK)_/;
const SECRET = /TOKEN|PASSWORD|PASSWD|SECRET|CREDENTIAL|AUTH|(^|_)KEY(_|$)/i;

/** What stands for a value that nobody shall see. */
export const MASK = "***";

/** The variables that steer MLflow and trackbook. Secrets are masked, with `maskAll` every value. */
export function checkEnvironment(
  { maskAll = false }: { readonly maskAll?: boolean } = {},
  env: Readonly<Record<string, string | undefined>> = process.env,
): Finding[] {
  const names = Object.keys(env).filter((name) => OURS.test(name) && env[name] !== undefined);
  const findings = names.sort().map((name): Finding => {
    const text = maskAll || SECRET.test(name) ? MASK : maskUri(env[name] ?? "");
    return { topic: "environment", name, state: "note", text };
  });
  if (findings.length > 0) return findings;
  return [{ topic: "environment", name: "variables", state: "note", text: "no MLFLOW_* and no TRACKBOOK_* is set" }];
}

/** What `TRACKBOOK_MODE` makes of a program; the commands themselves do not heed it. */
export function checkMode(text = process.env.TRACKBOOK_MODE): Finding {
  const { mode, trouble } = readMode(text);
  const finding = { topic: "environment", name: "mode" } as const;
  if (trouble !== undefined) return { ...finding, state: "warning", text: mode, hint: `${trouble}.` };
  if (mode === "online") return { ...finding, state: "ok", text: "online: what programs log is recorded" };
  const hint = "unset TRACKBOOK_MODE to record.";
  return { ...finding, state: "warning", text: "disabled: programs check what they log and record nothing", hint };
}

/** A URI without user and password. */
export const maskUri = (uri: string): string => uri.replace(/(:\/\/)[^/\s]+@/g, `$1${MASK}@`);
