/** What a span tells: ids, names, kinds and counts. Never a value of a record. */
export type SpanAttributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** A piece of work under way. */
export interface Span {
  /** Adds what is known only later, such as a status. */
  set(attributes: SpanAttributes): void;
}

/** Where a library says which work belongs to which. `worker` hands in OpenTelemetry; without one, work is just done. */
export interface Tracer {
  /** Does work within a span that belongs to the one it is called in. What the work throws marks the span and is thrown on. */
  inSpan<Result>(name: string, attributes: SpanAttributes, work: (span: Span) => Promise<Result>): Promise<Result>;
}

const unseen: Span = { set: () => undefined };

/** Does the work and tells nobody. */
export const noTracer: Tracer = { inSpan: (_name, _attributes, work) => work(unseen) };
