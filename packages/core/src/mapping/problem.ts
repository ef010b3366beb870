/** Why a value cannot be used. A value in its own right, so that nothing is thrown per record. */
export class Problem {
  readonly code: string;
  /** Follows the value in a sentence: `is not a date: write it as YYYY-MM-DD`. Never contains the value. */
  readonly message: string;
  /** What was probably meant, out of a public list. */
  readonly suggestion: string | undefined;

  constructor(code: string, message: string, suggestion?: string) {
    this.code = code;
    this.message = message;
    this.suggestion = suggestion;
  }
}

/** Is it a problem, and not a value? */
export function isProblem(value: unknown): value is Problem {
  return value instanceof Problem;
}
