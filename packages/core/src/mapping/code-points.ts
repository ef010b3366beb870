/** How many characters a text has, as AWS counts them: code points. Works without making a list of them. */
export function countCodePoints(text: string): number {
  let count = text.length;
  for (let index = 1; index < text.length; index += 1) if (isPairAt(text, index)) count -= 1;
  return count;
}

/** The first so many code points. */
export function firstCodePoints(text: string, count: number): string {
  let end = Math.min(count, text.length);
  for (let index = 1; index <= end && index < text.length; index += 1) if (isPairAt(text, index)) end += 1;
  return text.slice(0, end);
}

/** Does the unit at `index` end a surrogate pair? */
function isPairAt(text: string, index: number): boolean {
  const low = text.charCodeAt(index);
  if (low < 0xdc00 || low > 0xdfff) return false;
  const high = text.charCodeAt(index - 1);
  return high >= 0xd800 && high <= 0xdbff;
}
