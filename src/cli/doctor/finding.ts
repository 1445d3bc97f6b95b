/** What a check found out. */
export interface Finding {
  readonly topic: "platform" | "store" | "kernels" | "libraries" | "environment";
  readonly name: string;
  /** `broken`: runs are not kept, or trackbook cannot work. `warning`: something will not work as it looks. */
  readonly state: "ok" | "note" | "warning" | "broken";
  readonly text: string;
  /** What mends or explains it. */
  readonly hint?: string;
}
