import { connect, createServer, type Socket } from "node:net";

/** A network between programs and a server, which can be cut without either end being told. */
export interface SilentNetwork {
  readonly port: number;
  /** From now on nothing passes on the connections that there are, or on new ones. */
  cut(): void;
  /** New connections pass again; those that were cut stay silent. */
  mend(): void;
  close(): void;
}

/** Stands before a server on a port of its own. */
export async function silentNetwork(target: number): Promise<SilentNetwork> {
  let isCut = false;
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    sockets.add(near);
    near.on("error", () => undefined);
    if (isCut) return;
    const far = connect(target, "127.0.0.1");
    sockets.add(far);
    far.on("error", () => undefined);
    near.pipe(far);
    far.pipe(near);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as { port: number }).port,
    cut() {
      isCut = true;
      for (const socket of sockets) socket.unpipe();
    },
    mend() {
      isCut = false;
    },
    close() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
