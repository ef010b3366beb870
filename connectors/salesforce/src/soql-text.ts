/** What has a spelling of its own inside a SOQL text ("Quoted String Escape Sequences"). */
const escapes: Readonly<Record<string, string>> = {
  "\\": "\\\\",
  "'": "\\'",
  '"': '\\"',
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
};

/** A text as SOQL writes it: nothing in it can end the text, or become a part of the query. */
export function soqlText(text: string): string {
  return `'${escaped(text)}'`;
}

/** A pattern for `LIKE` that finds a text anywhere. The text's own `%` and `_` stand for themselves. */
export function soqlPattern(text: string): string {
  return `'%${escaped(text).replaceAll(/[%_]/g, "\\$&")}%'`;
}

function escaped(text: string): string {
  return text.replaceAll(/[\\'"\n\r\t]/g, (character) => escapes[character] ?? "");
}
