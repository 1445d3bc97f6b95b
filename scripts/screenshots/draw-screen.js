/**
 * Runs in a page that has loaded xterm.js: shows what a terminal of this size shows after it was sent `output`. Resolves with the
 * first row of the excerpt and the one after its last.
 */
globalThis.drawScreen = async ({ output, excerpt, size, theme }) => {
  const terminal = new Terminal({
    // A little wider than what it is shown, whose last column would else be cut.
    cols: size.columns + 1,
    rows: size.rows,
    fontFamily: "DejaVu Sans Mono, monospace",
    fontSize: 13,
    lineHeight: 1.25,
    theme,
    convertEol: true,
    minimumContrastRatio: 4.5,
    cursorInactiveStyle: "none",
  });
  terminal.open(document.getElementById("screen"));
  await new Promise((resolve) => terminal.write(output, resolve));
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  const lines = Array.from({ length: size.rows }, (_, y) => terminal.buffer.active.getLine(y).translateToString());
  const first = lines.findLastIndex((line) => line.includes(excerpt.from));
  const after = lines.findIndex((line, y) => y > first && line.includes(excerpt.to));
  if (first < 0 || after < 0) throw new Error(`nothing from ${excerpt.from} to ${excerpt.to} in:\n${lines.join("\n")}`);
  const blanks = lines
    .slice(first, after)
    .reverse()
    .findIndex((line) => line.trim() !== "");
  return [first, after - blanks];
};
