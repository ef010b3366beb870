/** How alike two titles are, and what they share. */
export interface Similarity {
  /** Twice the shared words over all words of both (Dice): 0 nothing, 1 the same words. */
  readonly score: number;
  readonly shared: readonly string[];
}

/** Words that nearly every title has: they say nothing. */
const empty = new Set(["the", "a", "an", "and", "of", "for", "to", "in", "on", "with", "at", "by"]);

/** Compares titles word by word; case, accents, punctuation and order do not matter. */
export function similarityOf(left: string, right: string): Similarity {
  const [one, other] = [wordsOf(left), wordsOf(right)];
  const shared = [...one].filter((word) => other.has(word));
  const all = one.size + other.size;
  return { score: all === 0 ? 0 : (2 * shared.length) / all, shared };
}

function wordsOf(text: string): ReadonlySet<string> {
  const words = text
    .normalize("NFKD")
    .replaceAll(/\p{Diacritic}/gu, "")
    .toLowerCase()
    .match(/[\p{Letter}\p{Number}]+/gu);
  const telling = (words ?? []).filter((word) => !empty.has(word));
  return new Set(telling.length > 0 ? telling : (words ?? []));
}

/** The host of a website, without `www.`: `https://www.globex.example/shop` → `globex.example`. `undefined` for what is none. */
export function domainOf(website: string): string | undefined {
  const text = website.trim().toLowerCase();
  if (text === "") return undefined;
  const address = /^[a-z][a-z+.-]*:\/\//.test(text) ? text : `https://${text}`;
  if (!URL.canParse(address)) return undefined;
  const host = new URL(address).hostname.replace(/^www\./, "");
  return host.includes(".") ? host : undefined;
}
