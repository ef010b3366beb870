import { accountReasons } from "./account/reasons.ts";
import type { Failure, FailureIssue, JsonObject } from "@cosell/connector";
import { type AwsError, readAwsError } from "./aws-error.ts";
import { issueTarget } from "./issue-target.ts";
import { isReadOperation, services, type ServiceName } from "./model/services.ts";
import type { RawAnswer } from "./raw-transport.ts";
import { withoutValues } from "./without-values.ts";

/** The call that failed. */
export interface FailedCall {
  readonly operation: string;
  /** @defaultValue "selling" */
  readonly service?: ServiceName;
  readonly input: JsonObject;
  /** Milliseconds since 1970, for waits that AWS gives as a date. */
  readonly now: number;
}

/** Does the operation only look? Everything else may have done something when its answer is lost. */
export function isRead(operation: string): boolean {
  return isReadOperation(operation);
}

const authErrors: ReadonlySet<string> = new Set([
  "ExpiredToken",
  "ExpiredTokenException",
  "IncompleteSignature",
  "IncompleteSignatureException",
  "InvalidClientTokenId",
  "InvalidSignatureException",
  "MissingAuthenticationToken",
  "MissingAuthenticationTokenException",
  "RequestExpired",
  "RequestTimeTooSkewed",
  "SignatureDoesNotMatch",
  "UnrecognizedClientException",
]);

const throttlingErrors: ReadonlySet<string> = new Set([
  "RequestLimitExceeded",
  "SlowDown",
  "Throttling",
  "ThrottlingException",
  "TooManyRequestsException",
]);

/** IAM actions that AWS needs for the work that an operation does behind the scenes. Source: developer guide. */
const impliedActions: Readonly<Record<string, readonly string[]>> = {
  StartEngagementFromOpportunityTask: [
    "GetOpportunity",
    "CreateEngagement",
    "CreateResourceSnapshot",
    "CreateResourceSnapshotJob",
    "CreateEngagementInvitation",
    "SubmitOpportunity",
  ],
};

/** What an answer that is not a success means. Total. */
export function classifyAnswer(answer: RawAnswer, call: FailedCall): Failure {
  const error = readAwsError(answer);
  const { operation } = call;
  const requestId = answer.headers["x-amzn-requestid"];
  const base = {
    ...(error.name !== undefined && { code: error.reason ?? error.name }),
    ...(requestId !== undefined && { requestId }),
  };
  const { name } = error;
  if (name === "ValidationException" || name === "SerializationException") {
    const issues = issuesOf(error, call);
    const fields = issues.flatMap(({ target }) => (target === undefined ? [] : [target]));
    const code = error.reason ?? name;
    return {
      ...base,
      kind: "invalid",
      code,
      message: `AWS refused ${operation} (${code})${fields.length > 0 ? `: ${[...new Set(fields)].join(", ")}` : ""}. Correct the values named in the issues.`,
      issues,
    };
  }
  if (name === "ConflictException" || answer.status === 409) {
    return {
      ...base,
      kind: "conflict",
      message:
        explained(error, call) ??
        `AWS refused ${operation}: what it is about changed meanwhile, or its client token was used before${because(error)}. Read it again and decide again.`,
    };
  }
  if (name === "ResourceNotFoundException") {
    return {
      ...base,
      kind: "missing",
      message: `${explained(error, call) ?? `AWS does not know what ${operation} names, or does not show it to this account and catalog${because(error)}.`}${askedFor(call)}`,
    };
  }
  if (name !== undefined && authErrors.has(name)) return { ...base, kind: "auth", message: authMessage(name) };
  if (name === "AccessDeniedException") {
    const actions = [operation, ...(impliedActions[operation] ?? [])].map((action) => `partnercentral:${action}`);
    return {
      ...base,
      kind: "permission",
      message: `AWS does not allow ${operation}. Grant these IAM actions, for the catalog in use: ${actions.join(", ")}.`,
    };
  }
  if ((name !== undefined && throttlingErrors.has(name)) || answer.status === 429) {
    const retryAfterMs = retryAfterOf(answer.headers, call.now);
    return {
      ...base,
      kind: "throttled",
      message: `AWS answers ${operation} more slowly than it is called. Wait and repeat.`,
      ...(retryAfterMs !== undefined && { retryAfterMs }),
    };
  }
  if (name === "ServiceQuotaExceededException" || answer.status === 402) {
    return {
      ...base,
      kind: "quota",
      message:
        explained(error, call) ??
        `A quota of the AWS account stands in the way of ${operation}${because(error)}. See Service Quotas for AWS ${services[call.service ?? "selling"].title}.`,
    };
  }
  if (answer.status >= 500 || answer.status === 408 || name === "InternalServerException") {
    return { ...base, ...lost(operation, `AWS failed (HTTP ${answer.status})`) };
  }
  if (name === undefined || name === "UnknownOperationException") {
    return {
      ...base,
      kind: "config",
      message: `What answered ${operation} is not Partner Central, or does not offer it (HTTP ${answer.status}). Check ${endpointOf(call)}, and any proxy in between.`,
    };
  }
  return {
    ...base,
    kind: "bug",
    message: `AWS refused ${operation} with an error that Cosell does not know: ${name}.`,
  };
}

/** What a success means whose body is no JSON object, or lacks what it must have. */
export function classifyBrokenAnswer(answer: RawAnswer, { operation }: FailedCall): Failure {
  const requestId = answer.headers["x-amzn-requestid"];
  return {
    ...lost(operation, `AWS's answer cannot be read (HTTP ${answer.status})`),
    ...(requestId !== undefined && { requestId }),
  };
}

/** Errors of a connection that was never made: nothing was sent. */
const neverConnected: ReadonlySet<string> = new Set([
  "ECONNREFUSED",
  "EAI_AGAIN",
  "EHOSTDOWN",
  "EHOSTUNREACH",
  "ENETDOWN",
  "ENETUNREACH",
  "ENOTFOUND",
]);

/** What it means that no answer came. `timedOut`: we stopped waiting. `stopped`: the caller stopped the call. Total. */
export function classifyNoAnswer(
  error: unknown,
  call: FailedCall & { readonly sent: boolean; readonly timedOut: boolean; readonly stopped: boolean },
): Failure {
  const { operation, sent } = call;
  const { code, name, syscall } = errorFacts(error);
  const codes = code === undefined ? {} : { code };
  if (!sent) {
    if (call.stopped) return { kind: "aborted", message: `${operation} was stopped before it was sent.` };
    if (call.timedOut) {
      return { kind: "transient", message: `${operation} was not sent in time: the credentials took too long.` };
    }
    if (code !== undefined && (neverConnected.has(code) || /^(ECONN|ETIMEDOUT|EPIPE)/.test(code))) {
      return {
        kind: "transient",
        code,
        message: `The service that gives the credentials cannot be reached (${code}).`,
      };
    }
    if (/credential|token|sso|unauthorized|denied|grant/i.test(name)) {
      return {
        kind: "auth",
        code: name,
        message:
          "No usable AWS credentials were found. Sign in (aws sso login), or set AWS_PROFILE, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or give the machine a role.",
      };
    }
    return { kind: "bug", code: name, message: `${operation} could not be prepared for sending (${name}).` };
  }
  if (call.stopped && isRead(operation)) return { kind: "aborted", message: `${operation} was stopped.` };
  if (call.stopped) return { ...lost(operation, "It was stopped while it was under way") };
  if (call.timedOut) return { ...lost(operation, "No answer came in time") };
  if (code !== undefined && /^(CERT_|ERR_TLS|ERR_SSL|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_)/.test(code)) {
    return {
      kind: "config",
      code,
      message: `The certificate of AWS's endpoint is not trusted (${code}). Check ${endpointOf(call)}, any proxy in between, and NODE_EXTRA_CA_CERTS.`,
    };
  }
  if (code !== undefined && (neverConnected.has(code) || syscall === "connect")) {
    return {
      kind: "transient",
      code,
      message: `AWS cannot be reached for ${operation} (${code}). Check the network and ${endpointOf(call)}.`,
    };
  }
  return { ...lost(operation, `The connection broke${code === undefined ? "" : ` (${code})`}`), ...codes };
}

function lost(operation: string, what: string): Failure & { kind: "transient" | "unknown-outcome" } {
  return isRead(operation)
    ? { kind: "transient", message: `${what}; ${operation} can be repeated.` }
    : {
        kind: "unknown-outcome",
        message: `${what}, and whether ${operation} was done is not known. Look before it is repeated.`,
      };
}

/** The Account API says why with most errors. */
function because({ reason }: AwsError): string {
  return reason === undefined ? "" : ` (${reason})`;
}

/** The same in words, where they are known. */
function explained({ reason = "" }: AwsError, { operation, service }: FailedCall): string | undefined {
  const known = service === "account" && Object.hasOwn(accountReasons, reason) ? accountReasons[reason] : undefined;
  return known === undefined ? undefined : `AWS refused ${operation} (${reason}). ${known}`;
}

/** The ids in an input: no personal data, and what a person looks for first when AWS knows nothing of the kind. */
function askedFor({ input }: FailedCall): string {
  const told = Object.entries(input).flatMap(([name, value]) =>
    /(?:Identifier|Id|Arn|^Catalog)$/.test(name) && typeof value === "string" && /^[\w:/.-]{1,200}$/.test(value)
      ? [`${name} ${value}`]
      : [],
  );
  return told.length === 0 ? "" : ` Asked for: ${told.join(", ")}.`;
}

/** Where the address of the service is set. */
function endpointOf({ service }: FailedCall): string {
  return service === "account" ? "the endpoint (AWS_ENDPOINT_URL_PARTNERCENTRAL_ACCOUNT)" : "partnerCentral.endpoint";
}

function issuesOf(error: AwsError, { operation, input, service }: FailedCall): readonly FailureIssue[] {
  if (error.errorList.length === 0) {
    return [{ message: withoutValues(error.message, operation, input, service) || "AWS gives no reason." }];
  }
  return error.errorList.map(({ fieldName, message, code }) => ({
    message: withoutValues(message, operation, input, service) || "AWS gives no reason.",
    ...(code !== "" && { code }),
    ...(fieldName !== "" && { target: targetOf(fieldName, operation, input, service) }),
  }));
}

/** An association is known to a mapping by its type. */
function targetOf(fieldName: string, operation: string, input: JsonObject, service: ServiceName | undefined): string {
  const target = issueTarget(fieldName, operation, service);
  const type = input["RelatedEntityType"];
  return /^RelatedEntity/.test(target) && typeof type === "string" ? `RelatedEntityIdentifiers.${type}` : target;
}

function authMessage(name: string): string {
  if (/Expired/.test(name)) return "The AWS credentials have expired. Sign in again (aws sso login) or renew them.";
  if (/Signature|Skewed/.test(name)) {
    return "AWS does not accept the signature. Check the secret access key, and the clock of this machine.";
  }
  return "AWS does not know the credentials. Check the access key, and AWS_PROFILE if a profile is used.";
}

function retryAfterOf(headers: Readonly<Record<string, string>>, now: number): number | undefined {
  const milliseconds = Number(headers["x-amz-retry-after"] ?? Number.NaN);
  if (Number.isFinite(milliseconds)) return Math.max(0, milliseconds);
  const retryAfter = headers["retry-after"];
  if (retryAfter === undefined) return undefined;
  const wait = /^\d+$/.test(retryAfter) ? Number(retryAfter) * 1000 : Date.parse(retryAfter) - now;
  return Number.isFinite(wait) ? Math.max(0, wait) : undefined;
}

function errorFacts(error: unknown): { code: string | undefined; name: string; syscall: string | undefined } {
  const facts = typeof error === "object" && error !== null ? (error as Readonly<Record<string, unknown>>) : {};
  const text = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);
  return { code: text(facts["code"]), name: text(facts["name"]) ?? "Error", syscall: text(facts["syscall"]) };
}
