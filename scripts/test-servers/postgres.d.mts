/** Starts a PostgreSQL, of our own. `crash` ends it as a power cut would and starts it anew; `stop` removes everything. */
export function privatePostgres(options: { readonly fetchOnly?: boolean }): Promise<{
  readonly url: string;
  readonly stop: () => Promise<void>;
  readonly crash: () => Promise<void>;
}>;
