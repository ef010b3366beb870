import type { JsonObject } from "../kernel/index.ts";
import { invalid, Refusal, type FieldError } from "../partner-central-shared/refusal.ts";

export { Refusal } from "../partner-central-shared/refusal.ts";

/** One rule of the business that a call breaks, by AWS's code. */
export interface BusinessError {
  readonly Code: string;
  readonly Message: string;
}

/** A member whose value is wrong in itself. */
export function invalidField(FieldName: string, Code: FieldError["Code"], Message: string): Refusal {
  return invalid("REQUEST_VALIDATION_FAILED", Message, [{ FieldName, Code, Message }]);
}

/** Rules of the business that the call breaks: all at once. */
export function invalidBusiness(...errors: readonly BusinessError[]): Refusal {
  const message = errors.map(({ Message }) => Message).join(" ");
  const list = errors.map((error) => ({ BusinessValidationError: { ...error } }));
  return new Refusal("ValidationException", 400, message, {
    reason: "BUSINESS_VALIDATION_FAILED",
    members: { ErrorDetails: list },
  });
}

/** The state that things are in does not allow it. */
export function conflict(reason: string, message: string): Refusal {
  return new Refusal("ConflictException", 409, message, { reason });
}

/** There is no such thing for this account and catalog. */
export function notFound(reason: string, message: string): Refusal {
  return new Refusal("ResourceNotFoundException", 404, message, { reason });
}

/** It exists, but not for this account to do that with. */
export function denied(message: string): Refusal {
  return new Refusal("AccessDeniedException", 403, message, { reason: "ACCESS_DENIED" });
}

/** More than AWS allows of something. */
export function quotaExceeded(reason: string, message: string): Refusal {
  return new Refusal("ServiceQuotaExceededException", 402, message, { reason });
}

/** What an error of the Account API says beside its message. */
export function accountErrorMembers({ name, details }: Refusal): JsonObject {
  const { namespace, reason, errors = [], members = {} } = details;
  if (namespace !== undefined || name === "InternalServerException") return {};
  if (name === "ThrottlingException") return { ServiceCode: "partnercentral-account" };
  if (name !== "ValidationException") return { Reason: reason ?? "ACCESS_DENIED" };
  const fields = errors.map(({ FieldName, Code, Message }) => ({
    FieldValidationError: { Name: FieldName, Code, Message },
  }));
  return { Reason: reason ?? "REQUEST_VALIDATION_FAILED", ErrorDetails: fields, ...members };
}
