import { gzipSync } from "node:zlib";

/** One file of a tarball. */
export interface TarballFile {
  /** With `/`. */
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly isExecutable: boolean;
}

const BLOCK = 512;

/**
 * A gzipped tarball as npm packs one: every file below `package/`, the same bytes for the same files whenever and by whomever they are packed.
 * Format: POSIX.1-2001 pax, which is ustar but for paths that do not fit.
 */
export function packTarball(files: readonly TarballFile[]): Uint8Array {
  const blocks = files.flatMap(({ path, bytes, isExecutable }) => {
    const full = `package/${path}`;
    const mode = isExecutable ? 0o755 : 0o644;
    const name = Buffer.from(full);
    if (name.length <= 100) return [header(name, bytes.length, mode, "0"), padded(bytes)];
    const extension = Buffer.from(paxRecord("path", full));
    return [
      header(Buffer.from("PaxHeader"), extension.length, 0o644, "x"),
      padded(extension),
      header(name.subarray(0, 100), bytes.length, mode, "0"),
      padded(bytes),
    ];
  });
  return gzipSync(Buffer.concat([...blocks, Buffer.alloc(2 * BLOCK)]));
}

function header(name: Uint8Array, size: number, mode: number, type: string): Buffer {
  const block = Buffer.alloc(BLOCK);
  block.set(name, 0);
  block.write(octal(mode, 8), 100);
  block.write(octal(0, 8), 108);
  block.write(octal(0, 8), 116);
  block.write(octal(size, 12), 124);
  block.write(octal(0, 12), 136);
  block.write(type, 156);
  block.write("ustar\0", 257);
  block.write("00", 263);
  // The checksum is taken with blanks in its own place.
  block.fill(" ", 148, 156);
  block.write(
    `${octal(
      block.reduce((sum, byte) => sum + byte, 0),
      7,
    )} `,
    148,
  );
  return block;
}

const octal = (value: number, width: number): string => `${value.toString(8).padStart(width - 1, "0")}\0`;

/** `<length> key=value\n`, the length counting its own digits. */
function paxRecord(key: string, value: string): string {
  const rest = ` ${key}=${value}\n`;
  const bytes = Buffer.byteLength(rest);
  const digits = String(bytes + String(bytes).length).length;
  return `${bytes + digits}${rest}`;
}

function padded(bytes: Uint8Array): Buffer {
  const block = Buffer.alloc(Math.ceil(bytes.length / BLOCK) * BLOCK);
  block.set(bytes);
  return block;
}
