import type { ValidationCode } from "@cosell/partner-central/model";
import type { JsonObject } from "../kernel/index.ts";

/** One member of an input that is wrong. */
export interface FieldError {
  readonly FieldName: string;
  readonly Code: ValidationCode;
  readonly Message: string;
}

/** What a refusal says beside its name and message. Each API writes it in a form of its own. */
export interface RefusalDetails {
  /** The namespace before the `#` of `__type`. @defaultValue the API's own */
  readonly namespace?: string;
  /** One of the API's reasons, such as `BUSINESS_VALIDATION_FAILED`. */
  readonly reason?: string;
  readonly errors?: readonly FieldError[];
  /** Members of the answer, as they are. */
  readonly members?: JsonObject;
}

/** An answer that is an error. Thrown by operations, caught where the answer is written; never leaves the server. */
export class Refusal extends Error {
  override readonly name: string;
  readonly status: number;
  readonly details: RefusalDetails;

  constructor(name: string, status: number, message: string, details: RefusalDetails = {}) {
    super(message);
    this.name = name;
    this.status = status;
    this.details = details;
  }
}

/** The input breaks the model: every error at once. */
export function invalidRequest(errors: readonly FieldError[]): Refusal {
  return invalid("REQUEST_VALIDATION_FAILED", "The request does not match the service's model.", errors);
}

/** Members that are wrong, for a reason. */
export function invalid(reason: string, message: string, errors: readonly FieldError[]): Refusal {
  return new Refusal("ValidationException", 400, message, { reason, errors });
}

/** Too fast, or too much for one day. */
export function throttled(message: string): Refusal {
  return new Refusal("ThrottlingException", 429, message);
}

/** An error that every AWS service has and no model lists. */
export function commonError(name: string, status: number, message: string): Refusal {
  return new Refusal(name, status, message, { namespace: "com.amazon.coral.service" });
}
