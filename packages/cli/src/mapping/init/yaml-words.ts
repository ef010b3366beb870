/** A text as a scalar of YAML that reads back as that text, also inside `{ … }`. Words that old YAML takes for truth values are quoted. */
export function scalar(text: string): string {
  const isPlain =
    /^[A-Za-z$][\w$./&()+'-]*( [\w$./&()+'-]+)*$/.test(text) && !/^(true|false|null|yes|no|on|off|y|n)$/i.test(text);
  return isPlain ? text : JSON.stringify(text);
}

/** `# TODO: …`: what needs a person. Comments end with their line. */
export const todo = (text: string): string => `# TODO: ${text.replaceAll(/\s+/g, " ")}`;

/** A comment, however long, in lines that fit beside some indentation. */
export function comment(text: string): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last === undefined || last.length + word.length > 105) lines.push(`# ${word}`);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}
