import { createHash, createHmac } from "node:crypto";
import type { EmulatorRequest } from "../kernel/index.ts";

/** With what a call was signed, as its `Authorization` header says. */
export interface SigningScope {
  readonly secret: string;
  /** `20260115`. */
  readonly day: string;
  readonly region: string;
  readonly service: string;
  /** The headers that are signed. */
  readonly names: readonly string[];
}

/** The SigV4 signature that the call must have: 64 hexadecimal digits. Paths of this API need no escapes. */
export function signatureOf(request: EmulatorRequest, { secret, day, region, service, names }: SigningScope): string {
  const { method, path, query, headers, body } = request;
  const canonical = [
    method,
    path,
    [...query]
      .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
      .toSorted()
      .join("&"),
    ...names.map((name) => `${name}:${(headers[name] ?? "").trim().replaceAll(/\s+/g, " ")}`),
    "",
    names.join(";"),
    digest(body),
  ].join("\n");
  const scope = [day, region, service, "aws4_request"];
  const toSign = ["AWS4-HMAC-SHA256", headers["x-amz-date"] ?? "", scope.join("/"), digest(canonical)].join("\n");
  const key = scope.reduce<string | Buffer>((parent, part) => hmac(parent, part), `AWS4${secret}`);
  return hmac(key, toSign).toString("hex");
}

/** `20260115T090000Z` in milliseconds since 1970; NaN for anything else. */
export function instantOf(time: string | undefined): number {
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(time ?? "") ?? [];
  return year === undefined ? NaN : Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac("sha256", key).update(text).digest();
}
