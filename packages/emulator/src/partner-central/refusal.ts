import type { JsonObject } from "../kernel/index.ts";
import { invalid, Refusal, type FieldError } from "../partner-central-shared/refusal.ts";

export { Refusal, type FieldError } from "../partner-central-shared/refusal.ts";

/** The input breaks a rule of the business, or does not fit the state that things are in. */
export function invalidBusiness(message: string, errors: readonly FieldError[]): Refusal {
  return invalid("BUSINESS_VALIDATION_FAILED", message, errors);
}

/** It changed meanwhile, or the same token was used for something else. */
export function conflict(message: string): Refusal {
  return new Refusal("ConflictException", 409, message);
}

/** There is no such thing in this account and catalog. */
export function notFound(what: string, id: string): Refusal {
  return new Refusal("ResourceNotFoundException", 404, `${what} ${id} does not exist in this account and catalog.`);
}

/** More than AWS allows of something. */
export function quotaExceeded(message: string): Refusal {
  return new Refusal("ServiceQuotaExceededException", 402, message);
}

/** What an error of the Selling API says beside its message: only a ValidationException has more. */
export function sellingErrorMembers({ name, details: { reason, errors = [] } }: Refusal): JsonObject {
  if (name !== "ValidationException") return {};
  return { Reason: reason ?? "REQUEST_VALIDATION_FAILED", ErrorList: errors.map((error) => ({ ...error })) };
}
