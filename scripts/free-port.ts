import { once } from "node:events";
import { createServer } from "node:net";

/** Below those that the system itself gives away: whoever is to listen may begin much later. */
const [FIRST, COUNT] = [10_000, 20_000];

/** A port of 127.0.0.1 that nobody listened to a moment ago. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = FIRST + Math.floor(Math.random() * COUNT);
    if (await isFree(port)) return port;
  }
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port, "127.0.0.1");
  try {
    await once(server, "listening");
  } catch {
    return false;
  }
  server.close();
  await once(server, "close");
  return true;
}
