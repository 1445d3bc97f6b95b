import type { Session } from "./session";

/**
 * Asks before something is marked deleted. Where nobody is there to ask it is done, as MLflow does it: it can be restored.
 * Answers whether to go on.
 */
export async function confirmRestorable(what: string, { yes }: { yes?: boolean }, session: Session): Promise<boolean> {
  if (yes) return true;
  const answer = await session.ask(`Mark deleted: ${what}?`);
  if (answer === "no") session.say("Nothing was deleted.");
  return answer !== "no";
}
