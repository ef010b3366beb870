/** An error as Salesforce words it. Becomes `[{ errorCode, message, fields }]` over HTTP. */
export class SalesforceError extends Error {
  override readonly name = "SalesforceError";
  readonly errorCode: string;
  /** The fields concerned; absent where Salesforce sends none. */
  readonly fields: readonly string[] | undefined;
  readonly status: number;
  /** What else stands in the body, such as the records that a duplicate rule found. */
  readonly details: Readonly<Record<string, unknown>> | undefined;

  /** @param options.status of a single-record call. @defaultValue 400 */
  constructor(
    errorCode: string,
    message: string,
    options: {
      readonly fields?: readonly string[];
      readonly status?: number;
      readonly details?: Readonly<Record<string, unknown>>;
    } = {},
  ) {
    super(message);
    this.errorCode = errorCode;
    this.fields = options.fields;
    this.status = options.status ?? 400;
    this.details = options.details;
  }
}

/** 404 for an address that leads nowhere, and for ids that never were. */
export function notFound(): SalesforceError {
  return new SalesforceError("NOT_FOUND", "The requested resource does not exist", { status: 404 });
}

/** The body could not be read into the object's fields. */
export function unreadable(message: string): SalesforceError {
  return new SalesforceError("JSON_PARSER_ERROR", message);
}
