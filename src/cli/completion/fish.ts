import type { CompletionWord, CompletionWords } from "./words";

/** The script for fish. */
export function fishScript(levels: readonly CompletionWords[]): string {
  const lines = levels.flatMap(({ path, words }) => words.map((word) => completeLine(path, word)));
  return `# fish completion of trackbook: trackbook completion fish > ~/.config/fish/completions/trackbook.fish
function __trackbook_at
    set -l path
    for word in (commandline -opc)[2..]
        string match -q -- '-*' $word; and break
        set -a path $word
    end
    test "$path" = "$argv"
end
${lines.join("\n")}`;
}

function completeLine(path: string, { word, description }: CompletionWord): string {
  const what = word.startsWith("--") ? `-l ${word.slice(2)}` : `-f -a ${word}`;
  return `complete -c trackbook -n ${quoted(`__trackbook_at ${path}`.trim())} ${what} -d ${quoted(description)}`;
}

const quoted = (text: string): string => `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
