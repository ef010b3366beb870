import { createHash } from "node:crypto";
import { isJsonObject, type JsonObject, type JsonValue } from "../kernel/index.ts";

/** The MD5 of a body, by which clients check what they got: lower-case hexadecimal. */
export function bodyDigest(body: string): string {
  return createHash("md5").update(body, "utf8").digest("hex");
}

/** The MD5 of a message's attributes, in the order and the encoding that SQS documents; undefined when there are none. */
export function attributesDigest(attributes: JsonObject): string | undefined {
  const names = Object.keys(attributes).sort();
  if (names.length === 0) return undefined;
  const hash = createHash("md5");
  for (const name of names) {
    const attribute = attributes[name];
    if (!isJsonObject(attribute)) continue;
    const { DataType, StringValue, BinaryValue } = attribute;
    for (const part of [name, textOf(DataType)]) hash.update(withLength(Buffer.from(part)));
    hash.update(Buffer.of(typeof StringValue === "string" ? 1 : 2));
    const value =
      typeof StringValue === "string" ? Buffer.from(StringValue) : Buffer.from(textOf(BinaryValue), "base64");
    hash.update(withLength(value));
  }
  return hash.digest("hex");
}

function textOf(value: JsonValue | undefined): string {
  return typeof value === "string" ? value : "";
}

function withLength(bytes: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}
