import { type Failure, failureOf } from "@cosell/connector";
import { complaintOf, meaningOf } from "./error-codes.ts";
import { networkFailure } from "./network-failure.ts";

/** An error as Pipedrive tells it. */
export interface PipedriveComplaint {
  readonly status?: number;
  /** Pipedrive's own text. May contain values: only its fixed words and the member's name are used. */
  readonly text: string;
  readonly code: string;
}

/**
 * What any error means: Pipedrive's, its client's, or one that we threw. Total: what nobody knows is `bug`. The client
 * throws the answer's body alone, without status and headers, so both forms are read.
 */
export function classify(error: unknown): Failure {
  try {
    const known = failureOf(error);
    if (known) return known;
    const complaint = complaintIn(error);
    if (complaint) return failureOfComplaint(complaint);
    return networkFailure(error, { write: false }) ?? unknownError(nameOf(error));
  } catch {
    // Even looking at it throws.
    return unknownError("unnamed");
  }
}

function unknownError(name: string): Failure {
  return { kind: "bug", message: `The Pipedrive connector failed in a way that it does not know (${name}).` };
}

/** Reads Pipedrive's complaint out of an answer's body; `undefined` when it is none. */
export function complaintIn(body: unknown, status?: number): PipedriveComplaint | undefined {
  if (typeof body !== "object" || body === null) return undefined;
  const { success, error, code, errorCode } = body as Readonly<Record<string, unknown>>;
  if (success !== false || typeof error !== "string") return undefined;
  const told = status ?? [errorCode, code].find((each): each is number => typeof each === "number");
  return { text: error, code: typeof code === "string" ? code : "", ...(told !== undefined && { status: told }) };
}

/** The failure that a complaint is. A complaint about one member names it. */
export function failureOfComplaint({ status, text, code }: PipedriveComplaint): Failure {
  const detail = code !== "" ? { code } : status !== undefined ? { code: `ERROR_HTTP_${status}` } : {};
  const member = /^Validation failed: ([\w.]+):/.exec(text)?.[1];
  if (member !== undefined) {
    const target = member.replace(/^custom_fields\./, "");
    const message = `Pipedrive refuses it: ${target} ${complaintOf(text.slice(text.indexOf(member) + member.length))}.`;
    return { kind: "invalid", message, ...detail, issues: [{ message, target, ...detail }] };
  }
  const meaning = meaningOf(status ?? (code === "ERR_SCHEMA_VALIDATION_FAILED" ? 400 : undefined), code);
  if (!meaning)
    return { kind: "bug", message: "Pipedrive answers with an error that the connector does not know.", ...detail };
  const { kind, says } = meaning;
  return kind === "invalid"
    ? { kind, message: says, ...detail, issues: [{ message: says, ...detail }] }
    : { kind, message: says, ...detail };
}

function nameOf(error: unknown): string {
  const name = typeof error === "object" && error !== null && "name" in error ? error.name : typeof error;
  return typeof name === "string" && /^\w{1,60}$/.test(name) ? name : "unnamed";
}
