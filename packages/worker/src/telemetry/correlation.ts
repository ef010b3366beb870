import { AsyncLocalStorage } from "node:async_hooks";
import { randomBytes } from "node:crypto";
import type { LogFields, Logger, SpanAttributes } from "@cosell/connector";

/** What the lines of one piece of work have in common. */
interface Correlation {
  readonly fields: LogFields & { readonly trace: string };
  /** Of the newest answer from AWS: support asks for it. Shared by all work on one link. */
  readonly newest: { requestId?: string };
}

const storage = new AsyncLocalStorage<Correlation>();

/** Attributes of spans that every line of the log repeats, and how they are called there. */
const repeated: readonly (readonly [attribute: string, field: string])[] = [
  ["cosell.sync", "sync"],
  ["cosell.link", "link"],
  ["cosell.opportunity", "opportunity"],
  ["cosell.step", "step"],
  ["cosell.operation", "operation"],
];

/**
 * Does work whose log lines carry `trace` and the ids of `attributes`, beside those of the work it belongs to. `traceId`
 * is the span's where there is one; without it the outermost work gets a number of its own.
 */
export function correlate<Result>(
  traceId: string | undefined,
  attributes: SpanAttributes,
  work: () => Promise<Result>,
): Promise<Result> {
  const outer = storage.getStore();
  const own = repeated.flatMap(([attribute, field]) => {
    const value = attributes[attribute];
    return value === undefined ? [] : [[field, value] as const];
  });
  const trace = traceId ?? outer?.fields.trace ?? randomBytes(16).toString("hex");
  const newest = attributes["cosell.link"] === undefined ? (outer?.newest ?? {}) : {};
  return storage.run({ fields: { ...outer?.fields, ...Object.fromEntries(own), trace }, newest }, work);
}

/** Remembers what is known only while work is done: the id of AWS's newest answer. */
export function noteForLog(attributes: SpanAttributes): void {
  const requestId = attributes["aws.request_id"];
  const newest = storage.getStore()?.newest;
  if (typeof requestId === "string" && newest !== undefined) newest.requestId = requestId;
}

/** Does what serves several pieces of work at once, so that its lines are not taken for one's. */
export function uncorrelated<Result>(work: () => Result): Result {
  return storage.exit(work);
}

/** The same log, whose lines say which trace, sync, link, opportunity, step, call and request of AWS they belong to. */
export function correlatedLogger(logger: Logger): Logger {
  const at =
    (level: keyof Logger) =>
    (message: string, fields: LogFields = {}): void => {
      const known = storage.getStore();
      if (known === undefined) logger[level](message, fields);
      else logger[level](message, { ...known.fields, ...known.newest, ...fields });
    };
  return { debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") };
}
