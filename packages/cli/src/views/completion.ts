/** The shells for which there is a script. */
export const shells = ["bash", "zsh", "fish"] as const;
export type Shell = (typeof shells)[number];

/** What can be completed. */
export interface CompletionWords {
  readonly commands: readonly string[];
  /** After `cosell api`. */
  readonly operations: readonly string[];
}

/** A script that completes the first word by commands and, after `api`, the next by operations; elsewhere file names. */
export function completionScript(shell: Shell, words: CompletionWords): string {
  const [commands, operations] = [words.commands.join(" "), words.operations.join(" ")];
  switch (shell) {
    case "bash":
      return `_cosell() {
  local current="\${COMP_WORDS[COMP_CWORD]}" words=""
  if [ "$COMP_CWORD" -eq 1 ]; then words="${commands}"
  elif [ "\${COMP_WORDS[1]}" = api ]; then words="${operations}"
  fi
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _cosell cosell
`;
    case "zsh":
      return `_cosell() {
  if (( CURRENT == 2 )); then compadd -- ${commands}
  elif [[ $words[2] == api ]]; then compadd -- ${operations}
  else _files
  fi
}
(( $+functions[compdef] )) || { autoload -Uz compinit && compinit }
compdef _cosell cosell
`;
    case "fish":
      return `complete -c cosell -n __fish_use_subcommand -f -a "${commands}"
complete -c cosell -n "__fish_seen_subcommand_from api" -f -a "${operations}"
`;
  }
}
