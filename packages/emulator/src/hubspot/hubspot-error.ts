import { randomUUID } from "node:crypto";

/** One complaint inside an error. */
export interface HubspotErrorDetail {
  readonly message: string;
  readonly code?: string;
  readonly context?: Readonly<Record<string, readonly string[]>>;
}

/** An error as HubSpot words it. */
export class HubspotError extends Error {
  override readonly name = "HubspotError";
  readonly status: number;
  readonly category: string;
  readonly errors: readonly HubspotErrorDetail[];
  readonly context: Readonly<Record<string, readonly string[]>> | undefined;

  constructor(
    status: number,
    category: string,
    message: string,
    more: { readonly errors?: readonly HubspotErrorDetail[]; readonly context?: HubspotErrorDetail["context"] } = {},
  ) {
    super(message);
    this.status = status;
    this.category = category;
    this.errors = more.errors ?? [];
    this.context = more.context;
  }
}

/** The error as it stands in a body. */
export function errorBody({ message, category, errors, context }: HubspotError): object {
  return {
    status: "error",
    message,
    correlationId: randomUUID(),
    ...(context && { context }),
    ...(errors.length > 0 && { errors }),
    category,
  };
}

/** One property whose value HubSpot does not take. */
export interface PropertyProblem {
  readonly name: string;
  readonly error: string;
  readonly message: string;
}

/** 400 for values that do not fit their properties. HubSpot writes the list into the message, values and all. */
export function invalidProperties(problems: readonly PropertyProblem[]): HubspotError {
  const told = problems.map(({ message, error, name }) => ({ isValid: false, message, error, name }));
  return new HubspotError(400, "VALIDATION_ERROR", `Property values were not valid: ${JSON.stringify(told)}`, {
    errors: problems.map(({ message, error, name }) => ({
      message,
      code: error,
      context: { propertyName: [name] },
    })),
  });
}

/** 400 for a call that makes no sense. */
export function badRequest(message: string): HubspotError {
  return new HubspotError(400, "VALIDATION_ERROR", message);
}

export function resourceNotFound(): HubspotError {
  return new HubspotError(404, "OBJECT_NOT_FOUND", "resource not found");
}
