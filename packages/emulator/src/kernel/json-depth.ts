/** Deeper than any API's bodies; shallow enough for code that walks a value by calling itself. */
const deepest = 200;

const [quote, backslash, openBracket, closeBracket, openBrace, closeBrace] = Array.from('"\\[]{}', (character) =>
  character.charCodeAt(0),
);

/** Whether a text, read as JSON, nests lists and objects deeper than the emulators take. Linear; brackets in texts do not count. */
export function isTooDeep(text: string): boolean {
  let depth = 0;
  let isInText = false;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (isInText) {
      if (code === backslash) index += 1;
      else if (code === quote) isInText = false;
    } else if (code === quote) isInText = true;
    else if (code === openBracket || code === openBrace) depth += 1;
    else if (code === closeBracket || code === closeBrace) depth -= 1;
    if (depth > deepest) return true;
  }
  return false;
}
