import type { JsonObject, JsonValue } from "@cosell/connector";
import type { FieldState, JournalEntry, Link } from "@cosell/state";
import type { Terminal } from "../terminal/terminal.ts";
import { hidden, moment, shortValue } from "./value.ts";

/** What is known of one deal. */
export interface History {
  readonly link: Link;
  readonly entries: readonly JournalEntry[];
  readonly fieldStates: readonly FieldState[];
}

/** Is the value at this AWS path personal or confidential? */
export type Sensitive = (path: string) => boolean;

/** The deal's journal, oldest first, then what is not agreed now. */
export function renderHistory(
  terminal: Terminal,
  { link, entries, fieldStates }: History,
  sensitive: Sensitive,
): string {
  const { bold, dim } = terminal.colours;
  const head = bold(`${link.title ?? "(no title)"}  ${link.crmRef}  ${link.opportunityId ?? "(not at AWS yet)"}`);
  const standing = [link.status, link.reviewStatus, link.stage].filter(Boolean).join(" · ");
  const journal = entries.map((entry) =>
    [
      `${dim(moment(entry.at))}  ${entry.kind}  ${entry.summary}`,
      ...changesOf(entry.detail).map((change) => describeChange(change, sensitive)),
    ].join("\n"),
  );
  const open = fieldStates.map(
    ({ kind, path, reason, since }) =>
      `  ${kind}  ${path === "" ? "the whole deal" : path}  ${reason} (since ${moment(since)})`,
  );
  return [
    `${head}\n${standing}`,
    journal.length === 0 ? "Nothing happened yet." : journal.join("\n"),
    open.length === 0 ? "Everything that is mapped is agreed." : [bold("Not agreed now:"), ...open].join("\n"),
  ].join("\n\n");
}

/** The same for machines, sensitive values hidden. */
export function historyDocument(history: History, sensitive: Sensitive): unknown {
  const entries = history.entries.map((entry) => {
    const changes = changesOf(entry.detail);
    if (changes.length === 0) return entry;
    const shown = changes.map((change) =>
      isSensitive(change, sensitive) ? { ...change, before: hidden, after: hidden } : change,
    );
    return { ...entry, detail: { ...entry.detail, changes: shown } };
  });
  return { ...history, entries };
}

function describeChange(change: JsonObject, sensitive: Sensitive): string {
  const { path, before, after, reason } = change;
  const values = isSensitive(change, sensitive) ? hidden : `${shortValue(before)} → ${shortValue(after)}`;
  return `      ${shortValue(path)}: ${values}${typeof reason === "string" ? `  (${reason})` : ""}`;
}

/** A change in the CRM is as sensitive as the AWS path that its value came from. */
function isSensitive({ path, sources }: JsonObject, sensitive: Sensitive): boolean {
  const paths = [path, ...(Array.isArray(sources) ? (sources as readonly JsonValue[]) : [])];
  return paths.some((name) => typeof name === "string" && sensitive(name));
}

function changesOf({ changes }: JsonObject): readonly JsonObject[] {
  return Array.isArray(changes) ? (changes as readonly JsonValue[]).filter(isObject) : [];
}

const isObject = (value: JsonValue): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);
