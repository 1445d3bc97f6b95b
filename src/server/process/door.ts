import { createServer, type Socket } from "node:net";
import { type Address, allAccepted, listen } from "./http-server";

/** Where connections come in that others serve. */
export interface Door {
  readonly url: string;
  /** Takes no more; what has come in has been handed over. */
  close(): Promise<void>;
}

/**
 * Takes connections and hands them over unread.
 *
 * @throws InvalidInputError when the port is taken or the host is none of this machine's
 */
export async function openDoor(address: Address, hand: (socket: Socket) => void): Promise<Door> {
  const server = createServer({ pauseOnConnect: true }, hand);
  const url = await listen(server, address);
  return {
    url,
    async close() {
      await allAccepted();
      server.close();
    },
  };
}
