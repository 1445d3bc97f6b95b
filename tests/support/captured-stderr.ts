import { onTestFinished, vi } from "vitest";

/** What is written to stderr until the test is over, one entry for each write; none of it is shown. */
export function capturedStderr(): readonly string[] {
  const written: string[] = [];
  const spy = vi.spyOn(process.stderr, "write").mockImplementation((text) => {
    written.push(String(text));
    return true;
  });
  onTestFinished(() => spy.mockRestore());
  return written;
}
