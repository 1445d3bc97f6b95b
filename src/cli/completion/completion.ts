import type { Command, CommandEntry, CommandGroup } from "../command";
import { bashScript } from "./bash";
import { fishScript } from "./fish";
import { completionWords } from "./words";
import { zshScript } from "./zsh";

const SCRIPTS = { bash: bashScript, zsh: zshScript, fish: fishScript } as const;

/** `trackbook completion`, for these commands. */
export const printCompletion = (
  commands: readonly (CommandGroup | CommandEntry)[],
): Command<{ shell: keyof typeof SCRIPTS }> => ({
  argument: { name: "shell", description: "for which", choices: Object.keys(SCRIPTS) },
  options: [],
  examples: [
    "completion bash >> ~/.bashrc",
    "completion zsh > ~/.zfunc/_trackbook",
    "completion fish > ~/.config/fish/completions/trackbook.fish",
  ],
  async run({ shell }, session) {
    session.print(SCRIPTS[shell](completionWords(commands)));
  },
});
