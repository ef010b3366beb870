import type { JsonObject, JsonValue } from "@cosell/connector";
import type { FieldState, JournalEntry, Link, LinkFailure } from "@cosell/state";
import type { Terminal } from "../terminal/terminal.ts";
import { counted, hidden, moment, shortValue } from "./value.ts";

/** What is known of one deal. */
export interface History {
  readonly link: Link;
  readonly entries: readonly JournalEntry[];
  readonly fieldStates: readonly FieldState[];
  /** What the deal's last sync failed with. */
  readonly failure: LinkFailure | undefined;
}

/** Is the value at this AWS path personal or confidential? */
export type Sensitive = (path: string) => boolean;

/** Why a side was written, for people. */
const reasonWords: Readonly<Record<string, string>> = {
  new: "a new deal",
  "changed-in-crm": "changed in the CRM",
  "changed-at-aws": "changed at AWS",
  "crm-has-authority": "both changed; the CRM has authority",
  "aws-has-authority": "both changed; AWS has authority",
  "drift-repaired": "changed at AWS without a way back; the CRM has authority",
  answered: "a person chose",
  undone: "undone by a person",
  mirror: "shows what AWS holds",
};

/** The deal's journal, oldest first, then what is not agreed now. The number of an entry is what `cosell undo` takes. */
export function renderHistory(
  terminal: Terminal,
  { link, entries, fieldStates, failure }: History,
  sensitive: Sensitive,
): string {
  const { bold, dim } = terminal.colours;
  const head = bold(`${link.title ?? "(no title)"}  ${link.crmRef}  ${link.opportunityId ?? "(not at AWS yet)"}`);
  const standing = [link.status, link.reviewStatus, link.stage].filter(Boolean).join(" · ");
  const width = Math.max(0, ...entries.map(({ id }) => String(id).length));
  const journal = entries.map((entry) =>
    [
      `${String(entry.id).padStart(width)}  ${dim(moment(entry.at))}  ${entry.kind}  ${entry.summary}`,
      ...decisionsOf(entry, sensitive).map((line) => `${" ".repeat(width)}      ${line}`),
    ].join("\n"),
  );
  const open = fieldStates.map(
    ({ kind, path, reason, since }) =>
      `  ${kind}  ${path === "" ? "the whole deal" : path}  ${reason} (since ${moment(since)})`,
  );
  const failed = failure === undefined ? [] : [renderFailure(terminal, failure)];
  const agreed = failure === undefined ? ["Everything that is mapped is agreed, as of the last sync."] : [];
  return [
    `${head}\n${standing}`,
    journal.length === 0 ? "Nothing happened yet." : journal.join("\n"),
    ...failed,
    ...(open.length === 0 ? agreed : [[bold("Not agreed now:"), ...open].join("\n")]),
    dim("Times are UTC."),
  ].join("\n\n");
}

function renderFailure({ colours }: Terminal, { failure, at, attempts, retryAt }: LinkFailure): string {
  const again = retryAt === undefined ? "when a value changes" : `after ${moment(retryAt)}`;
  return [
    colours.bold("Failed:"),
    `  ${failure.kind}  ${failure.message} (last ${moment(at)}, ${counted(attempts, "time")} in a row; tried again ${again})`,
    "  `cosell failures` tells what to do about it.",
  ].join("\n");
}

/** The same for machines, sensitive values hidden. */
export function historyDocument(history: History, sensitive: Sensitive): Readonly<Record<string, unknown>> {
  const entries = history.entries.map((entry) => {
    const { detail } = entry;
    const changes = changesOf(detail).map((change) =>
      isSensitive(change, sensitive) ? { ...change, before: hidden, after: hidden } : change,
    );
    const values = "crm" in detail && isSensitive(detail, sensitive) ? { crm: hidden, aws: hidden } : {};
    return { ...entry, detail: { ...detail, ...values, ...(changes.length > 0 && { changes }) } };
  });
  const fieldStates = history.fieldStates.map((state) =>
    sensitive(state.path) ? { ...state, detail: { ...state.detail, crm: hidden, aws: hidden } } : state,
  );
  return { link: history.link, entries, fieldStates, failure: history.failure ?? null };
}

/** Is an entry about a field, named by its AWS path or by its CRM field? Case does not matter. */
export function isAbout({ detail }: JournalEntry, field: string): boolean {
  const names = [detail, ...changesOf(detail)].flatMap(({ path, sources }) => [path, ...listOf(sources)]);
  return names.some((name) => typeof name === "string" && name.toLowerCase() === field.toLowerCase());
}

/** Before, after and why of every field that an entry decided about. */
function decisionsOf({ detail, kind }: JournalEntry, sensitive: Sensitive): readonly string[] {
  const changes = changesOf(detail).map((change) => describeChange(change, sensitive));
  if (kind !== "deferred" && kind !== "conflict" && kind !== "held") return changes;
  if (!("crm" in detail) && !("aws" in detail)) return changes;
  const [crm, aws] = isSensitive(detail, sensitive)
    ? [hidden, hidden]
    : [shortValue(detail["crm"]), shortValue(detail["aws"])];
  return [...changes, `${shortValue(detail["path"])}: the CRM has ${crm}, AWS has ${aws}`];
}

function describeChange(change: JsonObject, sensitive: Sensitive): string {
  const { path, before, after, reason, rule } = change;
  const values = isSensitive(change, sensitive) ? hidden : `${shortValue(before)} → ${shortValue(after)}`;
  const why = typeof reason === "string" ? (reasonWords[reason] ?? reason) : undefined;
  const where = typeof rule === "string" ? rule.slice(rule.lastIndexOf("/") + 1) : undefined;
  const because = [why, where].filter((part) => part !== undefined).join(", ");
  return `${shortValue(path)}: ${values}${because === "" ? "" : `  (${because})`}`;
}

/** A change in the CRM is as sensitive as the AWS path that its value came from. */
function isSensitive({ path, sources }: JsonObject, sensitive: Sensitive): boolean {
  return [path, ...listOf(sources)].some((name) => typeof name === "string" && sensitive(name));
}

function changesOf({ changes }: JsonObject): readonly JsonObject[] {
  return listOf(changes).filter(isObject);
}

const listOf = (value: JsonValue | undefined): readonly JsonValue[] =>
  Array.isArray(value) ? (value as readonly JsonValue[]) : [];

const isObject = (value: JsonValue): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);
