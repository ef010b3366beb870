/** Answers, asked for once and kept until they are forgotten. */
export interface KeptAnswers<Answer> {
  of(name: string): Promise<Answer>;
  forget(): void;
}

/** Whoever asks while the answer is on its way waits for the same one; a failure is not kept. */
export function keepAnswers<Answer>(ask: (name: string) => Promise<Answer>): KeptAnswers<Answer> {
  const kept = new Map<string, Promise<Answer>>();
  return {
    of: (name) => {
      const known = kept.get(name);
      if (known) return known;
      const asked = ask(name);
      kept.set(name, asked);
      asked.catch(() => kept.delete(name));
      return asked;
    },
    forget: () => {
      kept.clear();
    },
  };
}
