import type { ValidationCode } from "@cosell/partner-central/model";
import type { JsonObject } from "../kernel/index.ts";

/** One entry of AWS's `ErrorList`. */
export interface FieldError {
  readonly FieldName: string;
  readonly Code: ValidationCode;
  readonly Message: string;
}

/** An answer that is an error. Thrown by operations, caught where the answer is written; never leaves the server. */
export class Refusal extends Error {
  override readonly name: string;
  readonly status: number;
  /** The namespace before the `#` of `__type`. */
  readonly namespace: string;
  /** Members beside `Message`. */
  readonly members: JsonObject;

  constructor(
    name: string,
    status: number,
    message: string,
    {
      namespace = "com.amazonaws.partnercentralselling",
      members = {},
    }: { namespace?: string; members?: JsonObject } = {},
  ) {
    super(message);
    this.name = name;
    this.status = status;
    this.namespace = namespace;
    this.members = members;
  }
}

/** The input breaks the model: every error at once. */
export function invalidRequest(errors: readonly FieldError[]): Refusal {
  return validation("REQUEST_VALIDATION_FAILED", "The request does not match the service's model.", errors);
}

/** The input breaks a rule of the business, or does not fit the state that things are in. */
export function invalidBusiness(message: string, errors: readonly FieldError[]): Refusal {
  return validation("BUSINESS_VALIDATION_FAILED", message, errors);
}

function validation(reason: string, message: string, errors: readonly FieldError[]): Refusal {
  const list = errors.map((error) => ({ ...error }));
  return new Refusal("ValidationException", 400, message, { members: { Reason: reason, ErrorList: list } });
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

/** Too fast, or too much for one day. */
export function throttled(message: string): Refusal {
  return new Refusal("ThrottlingException", 429, message);
}

/** An error that every AWS service has and no model lists. */
export function commonError(name: string, status: number, message: string): Refusal {
  return new Refusal(name, status, message, { namespace: "com.amazon.coral.service" });
}
