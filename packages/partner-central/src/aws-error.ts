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
  return {
    // `namespace#Name`, and in the header `Name:uri`.
    name: type?.split(":")[0]?.split("#").at(-1),
    message: textOf(body["Message"]) ?? textOf(body["message"]) ?? "",
    reason: textOf(body["Reason"]),
    errorList: entriesOf(body).map((entry) => ({
      fieldName: textOf(entry["FieldName"]) ?? textOf(entry["Name"]) ?? "",
      message: textOf(entry["Message"]) ?? "",
      code: textOf(entry["Code"]) ?? "",
    })),
  };
}

/** Selling has an `ErrorList` of entries; Account has `ErrorDetails`, each with an entry about a field or about business. */
function entriesOf(body: Readonly<Record<string, unknown>>): readonly Readonly<Record<string, unknown>>[] {
  const { ErrorList: list, ErrorDetails: details } = body;
  if (Array.isArray(list)) return list.filter(isObject);
  return (Array.isArray(details) ? details : [])
    .filter(isObject)
    .flatMap(({ FieldValidationError: field, BusinessValidationError: business }) => [field, business])
    .filter(isObject);
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
