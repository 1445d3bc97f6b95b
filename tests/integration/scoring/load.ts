import { Agent, request } from "node:http";

/** What became of requests that were sent without a pause. */
export interface Outcomes {
  answered: number;
  /** The connection was not made any more: the request was never taken. */
  refused: number;
  /** Whatever else, by its code: a request that was taken and got no answer. */
  readonly dropped: string[];
}

/**
 * Asks a server over `connections` kept-alive connections, each asking again as soon as it is answered, until it takes no more.
 *
 * @param after is called once with the outcomes when so many were answered
 */
export async function loadUntilRefused(
  url: string,
  body: string,
  { connections, after }: { connections: number; after: { readonly answers: number; readonly call: () => void } },
): Promise<Outcomes> {
  const outcomes: Outcomes = { answered: 0, refused: 0, dropped: [] };
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  let isCalled = false;
  const ask = async (): Promise<void> => {
    for (;;) {
      const outcome = await askOnce(url, body, agent);
      if (outcome === 200) outcomes.answered++;
      else if (outcome === "ECONNREFUSED") outcomes.refused++;
      else outcomes.dropped.push(String(outcome));
      if (outcomes.answered >= after.answers && !isCalled) {
        isCalled = true;
        after.call();
      }
      if (outcome !== 200) return;
    }
  };
  await Promise.all(Array.from({ length: connections }, ask));
  agent.destroy();
  return outcomes;
}

/** The status, or the code of an error. An answer that is cut off is an error. */
function askOnce(url: string, body: string, agent: Agent): Promise<number | string> {
  return new Promise((resolve) => {
    const asked = request(
      `${url}/invocations`,
      {
        method: "POST",
        agent,
        headers: { "content-type": "application/json", "content-length": Buffer.byteLength(body) },
      },
      (answer) => {
        let text = "";
        answer.setEncoding("utf8").on("data", (part: string) => (text += part));
        answer.on("error", (error: NodeJS.ErrnoException) => resolve(`answer: ${error.code}`));
        answer.on("end", () => resolve(text.startsWith('{"predictions"') ? (answer.statusCode ?? 0) : text));
      },
    );
    asked.on("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    asked.end(body);
  });
}
