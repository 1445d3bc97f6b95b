import type { CompletionWords } from "./words";

/** The script for bash. After an option that is no switch, and for anything unknown, files are completed. */
export function bashScript(levels: readonly CompletionWords[]): string {
  const cases = levels.map(
    ({ path, words }) => `    ${JSON.stringify(path)}) words="${words.map(({ word }) => word).join(" ")}" ;;`,
  );
  return `# bash completion of trackbook: trackbook completion bash >> ~/.bashrc
_trackbook() {
  local current="\${COMP_WORDS[COMP_CWORD]}" path="" words="" index
  for ((index = 1; index < COMP_CWORD; index++)); do
    [[ "\${COMP_WORDS[index]}" == -* ]] && break
    path="\${path:+$path }\${COMP_WORDS[index]}"
  done
  case "$path" in
${cases.join("\n")}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _trackbook trackbook`;
}
