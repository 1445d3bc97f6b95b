import { Readable } from "node:stream";
import type { ReadableStream as NodeReadableStream } from "node:stream/web";
import type { Context } from "hono";
import type { ArtifactRepository } from "../../../artifacts";
import { messages, TrackbookError } from "../../../core";
import { RefusedRequest } from "../../refused-request";

/** Writes a request's body to an artifact as it comes in: whole, or not at all. @throws RefusedRequest when the client went away */
export async function receive({ req }: Context, artifacts: ArtifactRepository, path: string): Promise<void> {
  const body = req.raw.body as NodeReadableStream<Uint8Array> | null;
  const source = body === null ? Readable.from([]) : Readable.fromWeb(body);
  let hasBroken = false;
  source.once("error", () => {
    hasBroken = true;
  });
  try {
    await artifacts.receive(path, source);
  } catch (cause) {
    if (hasBroken && !(cause instanceof TrackbookError)) throw new RefusedRequest(messages.abortedBody(), { cause });
    throw cause;
  } finally {
    source.destroy();
  }
}
