/** A write that a kill ends leaves whole pages of the file behind: of so many bytes on Linux, of a multiple elsewhere. */
const PAGE = 4096;
/** No line of a point without a data set is longer, of a LoggedModel either. */
const LONG_LINE = 128;
const NEWLINE = 10;

/**
 * The same lines for a file of `size` bytes, some with spaces at their ends, which every reader strips: none begins in one page and ends in
 * the next, so that a process that is killed in the midst of the write leaves no half line, for which Python's MLflow would refuse the run.
 * The first line is as it is: where it finds no room, another program or a long name has taken it.
 */
export function keepInPages(lines: Buffer, size: number): Buffer {
  const pieces: Uint8Array[] = [];
  let start = 0;
  for (let position = size; start < lines.length; ) {
    const pageEnd = start + PAGE - (position % PAGE);
    if (pageEnd - lines.length >= LONG_LINE) break;
    const fitting = lines.lastIndexOf(NEWLINE, pageEnd - 1) + 1;
    const next = fitting > start ? fitting : lines.indexOf(NEWLINE, start) + 1;
    const spaces = fitting > start ? pageEnd - fitting : 0;
    pieces.push(lines.subarray(start, next - 1), Buffer.alloc(spaces, " "), lines.subarray(next - 1, next));
    position += next - start + spaces;
    start = next;
  }
  return pieces.length === 0 ? lines : Buffer.concat([...pieces, lines.subarray(start)]);
}
