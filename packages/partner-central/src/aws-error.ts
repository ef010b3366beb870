import type { RawAnswer } from "./raw-transport.ts";

/** An error as AWS sends it, in any of the spellings that its services use. */
export interface AwsError {
  /** `ValidationException`, without namespace. `undefined`: the answer is not AWS's. */
  readonly name: string | undefined;
  readonly message: string;
  readonly reason: string | undefined;
  readonly errorList: readonly { readonly fieldName: string; readonly message: string; readonly code: string }[];
}

/** Reads the body and the headers of an answer that is not a success. Total: any body is read. */
export function readAwsError(answer: RawAnswer): AwsError {
  const body = objectOf(answer.body);
  const type = answer.headers["x-amzn-errortype"] ?? textOf(body["__type"]) ?? textOf(body["code"]);
  const list = body["ErrorList"];
  return {
    // `namespace#Name`, and in the header `Name:uri`.
    name: type?.split(":")[0]?.split("#").at(-1),
    message: textOf(body["Message"]) ?? textOf(body["message"]) ?? "",
    reason: textOf(body["Reason"]),
    errorList: (Array.isArray(list) ? list : []).filter(isObject).map((entry) => ({
      fieldName: textOf(entry["FieldName"]) ?? "",
      message: textOf(entry["Message"]) ?? "",
      code: textOf(entry["Code"]) ?? "",
    })),
  };
}

function objectOf(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
