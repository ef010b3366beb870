/** The shells for which there is a script. */
export const shells = ["bash", "zsh", "fish"] as const;
export type Shell = (typeof shells)[number];

/** What can come next, by the words that stand before it: `""` (the commands), `api`, `workflow`, `workflow connect` … */
export type CompletionWords = Readonly<Record<string, readonly string[]>>;

/** A script that completes a word by those before it; where nothing is known, by file names. */
export function completionScript(shell: Shell, words: CompletionWords): string {
  const rows = Object.entries(words).map(([before, next]) => [before, next.join(" ")] as const);
  switch (shell) {
    case "bash":
      return `_cosell() {
  local words=""
  case "\${COMP_WORDS[*]:1:COMP_CWORD-1}" in
${rows.map(([before, next]) => `    ${patternOf(before)}) words="${next}" ;;`).join("\n")}
  esac
  COMPREPLY=($(compgen -W "$words" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _cosell cosell
`;
    case "zsh":
      return `_cosell() {
  case "\${(j: :)words[2,CURRENT-1]}" in
${rows.map(([before, next]) => `    ${patternOf(before)}) compadd -- ${next} ;;`).join("\n")}
    *) _files ;;
  esac
}
(( $+functions[compdef] )) || { autoload -Uz compinit && compinit }
compdef _cosell cosell
`;
    case "fish":
      return rows.map(([before, next]) => `complete -c cosell -n "${conditionOf(before)}" -f -a "${next}"\n`).join("");
  }
}

/** The words before, which options may follow. */
function patternOf(before: string): string {
  return before === "" ? '""' : `"${before}"|"${before} -"*`;
}

function conditionOf(before: string): string {
  if (before === "") return "__fish_use_subcommand";
  // Within fish's double quotes, where it stands, a dollar sign begins a variable.
  return `string match -qr -- '^cosell ${before}( -.*)?\\$' (commandline -opc | string join ' ')`;
}
