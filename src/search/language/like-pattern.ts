/**
 * SQL's LIKE as a test: `%` stands for any text, `_` for one character, there is no escape; ILIKE ignores case. The
 * time is at worst the product of the two lengths, whatever the pattern.
 *
 * @example
 * compileLike("val_%", false)("val_loss"); // true
 */
export function compileLike(pattern: string, ignoresCase: boolean): (text: string) => boolean {
  const wanted = ignoresCase ? pattern.toLowerCase() : pattern;
  const matches = wanted.includes("_") ? likeByCharacters(wanted) : likeByPieces(wanted);
  return ignoresCase ? (text) => matches(text.toLowerCase()) : matches;
}

function likeByPieces(pattern: string): (text: string) => boolean {
  const pieces = pattern.split("%");
  if (pieces.length === 1) return (text) => text === pattern;
  const first = pieces[0] as string;
  const last = pieces[pieces.length - 1] as string;
  const middle = pieces.slice(1, -1).filter((piece) => piece !== "");
  return (text) => {
    if (text.length < first.length + last.length || !text.startsWith(first) || !text.endsWith(last)) return false;
    const end = text.length - last.length;
    let from = first.length;
    for (const piece of middle) {
      const at = text.indexOf(piece, from);
      if (at < 0) return false;
      from = at + piece.length;
    }
    return from <= end;
  };
}

/** With `_`, which is one character and not one UTF-16 unit. On a mismatch only the latest `%` takes one more. */
function likeByCharacters(pattern: string): (text: string) => boolean {
  const wanted = [...pattern];
  return (text) => {
    const characters = [...text];
    let at = 0;
    let wantedAt = 0;
    let percentAt = -1;
    let resumeAt = 0;
    while (at < characters.length) {
      if (wanted[wantedAt] === "%") {
        percentAt = wantedAt++;
        resumeAt = at;
      } else if (wanted[wantedAt] === "_" || wanted[wantedAt] === characters[at]) {
        wantedAt++;
        at++;
      } else if (percentAt >= 0) {
        wantedAt = percentAt + 1;
        at = ++resumeAt;
      } else {
        return false;
      }
    }
    while (wanted[wantedAt] === "%") wantedAt++;
    return wantedAt === wanted.length;
  };
}
