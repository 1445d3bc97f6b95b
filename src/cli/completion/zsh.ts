import type { CompletionWords } from "./words";

/** The script for zsh. */
export function zshScript(levels: readonly CompletionWords[]): string {
  const cases = levels.map(({ path, words }) => {
    const lines = words.map(
      ({ word, description }) => `      ${quoted(`${word.replaceAll(":", "\\:")}:${description}`)}`,
    );
    return `    ${quoted(path)}) entries=(\n${lines.join("\n")}\n    ) ;;`;
  });
  return `#compdef trackbook
_trackbook() {
  local -a entries
  local level="" word
  for word in "\${(@)words[2,CURRENT-1]}"; do
    [[ "$word" == -* ]] && break
    level="\${level:+$level }$word"
  done
  case "$level" in
${cases.join("\n")}
  esac
  if (( \${#entries} )); then _describe trackbook entries || _files; else _files; fi
}
compdef _trackbook trackbook`;
}

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
