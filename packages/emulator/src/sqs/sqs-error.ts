import type { EmulatorResponse } from "../kernel/index.ts";

/** An answer that is an error, as SQS gives it over AWS JSON. Thrown by operations; never leaves the server. */
export class SqsError extends Error {
  /** As the model of SQS names it: `QueueDoesNotExist`. */
  override readonly name: string;
  readonly status: number;
  /** The code of the older query protocol, which SQS still sends in a header: SDKs show it as `Code`. */
  readonly queryCode: string;

  constructor(name: string, message: string, { status = 400, queryCode = name } = {}) {
    super(message);
    this.name = name;
    this.status = status;
    this.queryCode = queryCode;
  }

  /** As it is sent. */
  response(): EmulatorResponse {
    return {
      status: this.status,
      headers: {
        "content-type": "application/x-amz-json-1.0",
        "x-amzn-query-error": `${this.queryCode};${this.status < 500 ? "Sender" : "Receiver"}`,
      },
      body: { __type: `com.amazonaws.sqs#${this.name}`, message: this.message },
    };
  }
}

/** There is no such queue in this account. */
export function noQueue(): SqsError {
  const queryCode = "AWS.SimpleQueueService.NonExistentQueue";
  return new SqsError("QueueDoesNotExist", "The specified queue does not exist.", { queryCode });
}

/** A parameter is not there. */
export function missing(parameter: string): SqsError {
  const message = `The request must contain the parameter ${parameter}.`;
  return new SqsError("MissingRequiredParameterException", message, { queryCode: "MissingParameter" });
}

/** A parameter has a value that SQS does not take. */
export function invalid(parameter: string, reason: string): SqsError {
  const message = `Value for parameter ${parameter} is invalid. Reason: ${reason}`;
  return new SqsError("InvalidParameterValueException", message, { queryCode: "InvalidParameterValue" });
}
