import type { Context } from "hono";
import { messages } from "../../core";
import { RefusedRequest } from "./refused-request";

/**
 * The whole body.
 *
 * @throws RefusedRequest (status 413) when it is longer than `limit` bytes; what is behind them is not kept
 */
export async function readBody({ req }: Context, limit: number): Promise<Buffer> {
  const announced = Number(req.header("content-length"));
  if (announced > limit) throw tooLarge(limit);
  // Node reads no more than what was announced.
  if (announced >= 0) return Buffer.from(await aborted(req.arrayBuffer()));
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of req.raw.body ?? []) {
    size += chunk.byteLength;
    if (size > limit) throw tooLarge(limit);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

const tooLarge = (limit: number): RefusedRequest => new RefusedRequest(messages.bodyTooLarge(limit), { status: 413 });

/** A client that goes away before it has sent everything is nobody's fault here. */
async function aborted(bytes: Promise<ArrayBuffer>): Promise<ArrayBuffer> {
  try {
    return await bytes;
  } catch (cause) {
    throw new RefusedRequest(messages.abortedBody(), { cause });
  }
}
