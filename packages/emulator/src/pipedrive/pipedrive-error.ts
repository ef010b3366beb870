/** An error as Pipedrive words it. */
export class PipedriveError extends Error {
  override readonly name = "PipedriveError";
  readonly status: number;
  /** API v2 names some errors. */
  readonly code: string | undefined;

  constructor(status: number, message: string, code?: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** The error as it stands in a body. */
export function errorBody({ status, message, code }: PipedriveError): object {
  return {
    success: false,
    error: message,
    ...(status === 401 && { errorCode: 401 }),
    error_info: "Please check developers.pipedrive.com",
    ...(code !== undefined && { code }),
    data: null,
    additional_data: null,
  };
}

/** 400 for one member that does not fit. Pipedrive tells the first one only. */
export function validationFailed(member: string, problem: string): PipedriveError {
  return new PipedriveError(400, `Validation failed: ${member}: ${problem}`, "ERR_SCHEMA_VALIDATION_FAILED");
}

export function notFound(singular: string): PipedriveError {
  return new PipedriveError(404, `${singular} not found`, "ERR_NOT_FOUND");
}

export function unauthorized(): PipedriveError {
  return new PipedriveError(401, "unauthorized access");
}
