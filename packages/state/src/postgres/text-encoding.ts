/**
 * PostgreSQL's texts cannot hold the character U+0000, which CRMs and AWS can send. It is stored as U+E000 (private use,
 * in nobody's text) and a digit; so is U+E000 itself.
 */
const escape = "\uE000";

/** A text as it is stored. */
export const encodeText = (text: string): string =>
  text.includes("\0") || text.includes(escape)
    ? text.replaceAll(escape, `${escape}1`).replaceAll("\0", `${escape}0`)
    : text;

/** The reverse of {@link encodeText}. */
export const decodeText = (text: string): string =>
  text.includes(escape) ? text.replaceAll(`${escape}0`, "\0").replaceAll(`${escape}1`, escape) : text;
