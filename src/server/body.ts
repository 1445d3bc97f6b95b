import type { Context } from "hono";
import { messages } from "../core";
import { RefusedRequest } from "./refused-request";

/**
 * The whole body.
 *
 * @throws RefusedRequest (status 413) when it is longer than `limit` bytes; what is behind them is not kept
 */
export async function readBody({ req }: Context, limit: number): Promise<Buffer> {
  const announced = Number(req.header("content-length"));
  if (announced > limit) throw tooLarge(limit);
  try {
    // Node reads no more than what was announced.
    return announced >= 0 ? Buffer.from(await req.arrayBuffer()) : await readStream(req.raw.body, limit);
  } catch (cause) {
    // A client that goes away before it has sent everything is nobody's fault here.
    throw cause instanceof RefusedRequest ? cause : new RefusedRequest(messages.abortedBody(), { cause });
  }
}

async function readStream(stream: ReadableStream<Uint8Array> | null, limit: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream ?? []) {
    size += chunk.byteLength;
    if (size > limit) throw tooLarge(limit);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

const tooLarge = (limit: number): RefusedRequest => new RefusedRequest(messages.bodyTooLarge(limit), { status: 413 });
