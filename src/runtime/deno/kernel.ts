import type { DisplayBundle } from "../runtime";

/** `Deno.jupyter`, which exists in Deno's kernel only. */
export interface DenoJupyter {
  broadcast(
    type: "display_data" | "update_display_data",
    content: {
      data: DisplayBundle;
      metadata: Readonly<Record<string, unknown>>;
      transient: { display_id?: string };
    },
  ): Promise<void> | undefined;
}

/** Deno's Jupyter API, in Deno's kernel. */
export function denoJupyter(): DenoJupyter | undefined {
  try {
    // Outside the kernel the property is missing or a getter that throws, depending on Deno's version.
    const jupyter = (globalThis as { Deno?: { jupyter?: Partial<DenoJupyter> } }).Deno?.jupyter;
    return typeof jupyter?.broadcast === "function" ? (jupyter as DenoJupyter) : undefined;
  } catch {
    return undefined;
  }
}
