import { type Failure, failureOf, type FailureIssue } from "@cosell/connector";
import { z } from "zod";
import { issueSentence, meaningOf } from "./error-codes.ts";
import { parseKeepingIds } from "./hubspot-id.ts";
import { networkFailure } from "./network-failure.ts";

const texts = z.array(z.string()).catch([]);

/** One complaint inside an error. HubSpot says that every member may be missing. */
const detail = z.object({
  code: z.string().optional().catch(undefined),
  error: z.string().optional().catch(undefined),
  name: z.string().optional().catch(undefined),
  context: z
    .object({ propertyName: texts, properties: texts, missingScopes: texts, requiredGranularScopes: texts })
    .partial()
    .optional()
    .catch(undefined),
});

/** HubSpot's error, as the body of an answer or inside a batch's answer. */
const hubspotError = z.object({
  category: z.string().optional().catch(undefined),
  errorType: z.string().optional().catch(undefined),
  policyName: z.string().optional().catch(undefined),
  message: z.string().catch(""),
  correlationId: z.string().optional().catch(undefined),
  errors: z.array(detail).catch([]),
  context: z
    .object({ ids: texts, objectWriteTraceId: texts, propertyName: texts })
    .partial()
    .optional()
    .catch(undefined),
});

/** An error as HubSpot tells it. Its texts may hold values: never shown. */
export type HubspotError = z.output<typeof hubspotError>;

/** The error in a body; one without members when it is none. */
export function hubspotErrorOf(body: unknown): HubspotError {
  const parsed = hubspotError.safeParse(body);
  return parsed.success ? parsed.data : { message: "", errors: [] };
}

/**
 * What any error means: HubSpot's, its client's, or one that we threw. Total: what nobody knows is `bug`. HubSpot's own
 * texts stay out of the message, since they repeat the values.
 */
export function classify(error: unknown): Failure {
  try {
    return (
      failureOf(error) ?? clientError(error) ?? networkFailure(error, { write: false }) ?? unknownError(nameOf(error))
    );
  } catch {
    // Even looking at it throws.
    return unknownError("unnamed");
  }
}

/** What an answer that is no success means. */
export function failureOfAnswer(
  status: number,
  body: unknown,
  header: (name: string) => string | null = () => null,
): Failure {
  const error = hubspotErrorOf(body);
  const retryAfter = secondsOf(header("retry-after"));
  if (status === 429 || error.errorType === "RATE_LIMIT") return tooFast(error, retryAfter);
  const failure = failureOfError(error, status);
  return failure.kind === "throttled" && retryAfter !== undefined ? { ...failure, retryAfterMs: retryAfter } : failure;
}

/** What one error means, of a whole call or of one record of a batch. @param status of the call, where there is no category */
export function failureOfError(error: HubspotError, status: number): Failure {
  const code = error.category !== undefined && meaningOf(error.category) ? error.category : `ERROR_HTTP_${status}`;
  const meaning = meaningOf(code);
  const about = { code, ...(error.correlationId !== undefined && { requestId: error.correlationId }) };
  if (!meaning)
    return { kind: "bug", message: `HubSpot answers with ${code}, which the connector does not know.`, ...about };
  if (meaning.kind === "invalid") {
    const issues = issuesOf(error);
    const told = issues.map(({ message }) => message).join(" ");
    const message = told === "" ? meaning.says : `HubSpot refuses it. ${told}`;
    return {
      kind: "invalid",
      message,
      issues: issues.length > 0 ? issues : [{ message: meaning.says, code }],
      ...about,
    };
  }
  const fields = meaning.kind === "conflict" ? issuesOf(error).map(({ message }) => message) : [];
  const scopes = meaning.kind === "permission" ? scopesOf(error) : "";
  return {
    kind: meaning.kind,
    message: [...(fields.length > 0 ? fields : [meaning.says]), scopes].join(" ").trim(),
    ...about,
  };
}

function issuesOf({ errors, message }: HubspotError): readonly FailureIssue[] {
  const all = [...problemsInText(message), ...errors].map(({ code, error, name, context }) => {
    const target = [name, context?.propertyName?.[0], context?.properties?.[0]].find(isPropertyName);
    return { code: [code, error].find(isCode), target };
  });
  const different = new Map(all.map((issue) => [`${issue.code ?? ""} ${issue.target ?? ""}`, issue]));
  return [...different.values()]
    .filter(({ code, target }) => code !== undefined || target !== undefined)
    .map(({ code, target }) => ({
      message: issueSentence(code, target),
      ...(code !== undefined && { code }),
      ...(target !== undefined && { target }),
    }));
}

/** Where HubSpot names the properties only in its text: as JSON, behind a colon. */
function problemsInText(message: string): HubspotError["errors"] {
  const list = /^Property values were not valid: (\[.*\])$/s.exec(message)?.[1];
  if (list === undefined) return [];
  try {
    return z.array(detail).catch([]).parse(JSON.parse(list));
  } catch {
    return [];
  }
}

function scopesOf({ errors }: HubspotError): string {
  const names = errors.flatMap(({ context }) => context?.requiredGranularScopes ?? context?.missingScopes ?? []);
  const scopes = names.filter((name) => /^[\w.-]{1,80}$/.test(name));
  return scopes.length > 0 ? `Scopes: ${scopes.join(", ")}.` : "";
}

/** The daily limit is a budget; the others are over in a moment (HubSpot, "API usage guidelines", `policyName`). */
function tooFast({ policyName, correlationId }: HubspotError, retryAfterMs: number | undefined): Failure {
  const about = { code: policyName ?? "RATE_LIMIT", ...(correlationId !== undefined && { requestId: correlationId }) };
  if (policyName === "DAILY")
    return { kind: "quota", message: "The portal's API calls of today are used up.", ...about };
  const usual = policyName === "SECONDLY" ? 1000 : 10_000;
  return { kind: "throttled", message: "HubSpot asks for a pause.", retryAfterMs: retryAfterMs ?? usual, ...about };
}

/** What HubSpot's client throws: the status as `code`, and the body. */
function clientError(error: unknown): Failure | undefined {
  if (typeof error !== "object" || error === null) return undefined;
  const { code, body } = error as { readonly code?: unknown; readonly body?: unknown };
  if (typeof code !== "number" || !Number.isInteger(code) || body === undefined) return undefined;
  return failureOfAnswer(code, typeof body === "string" ? jsonOf(body) : body);
}

/** The value of a body; `undefined` for what is no JSON, such as a gateway's page. */
export function jsonOf(text: string): unknown {
  try {
    return parseKeepingIds(text);
  } catch {
    return undefined;
  }
}

function secondsOf(header: string | null): number | undefined {
  const seconds = Number(header ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : undefined;
}

const isPropertyName = (name: string | undefined): boolean => name !== undefined && /^[\w-]{1,100}$/.test(name);
const isCode = (code: string | undefined): boolean => code !== undefined && /^[A-Z_]{1,60}$/.test(code);

function unknownError(name: string): Failure {
  return { kind: "bug", message: `The HubSpot connector failed in a way that it does not know (${name}).` };
}

function nameOf(error: unknown): string {
  const name = typeof error === "object" && error !== null && "name" in error ? error.name : typeof error;
  return typeof name === "string" && /^\w{1,60}$/.test(name) ? name : "unnamed";
}
