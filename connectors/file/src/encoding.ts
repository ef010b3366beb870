import { createReadStream } from "node:fs";
import { basename } from "node:path";
import { brokenFile } from "./broken-file.ts";
import { errorCode } from "./classify.ts";

/** How text is written as bytes. A byte order mark is read past, and kept. */
export type Encoding = "utf-8" | "utf-16le" | "windows-1252";

const advice: Readonly<Record<Encoding, string>> = {
  "utf-8": "Save it as 'CSV UTF-8', or configure the encoding that it has (encoding: windows-1252 for an older Excel).",
  "utf-16le": "Configure the encoding that it has.",
  "windows-1252": "Configure the encoding that it has.",
};

/** A file's text, piece by piece, without a byte order mark. Throws `config` with the line that is not in this encoding. */
export async function* textOf(
  path: string,
  encoding: Encoding,
  signal: AbortSignal,
): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  let line = 1;
  try {
    for await (const chunk of createReadStream(path, { signal })) {
      const text = decoder.decode(chunk as Buffer, { stream: true });
      yield text;
      line += text.split("\n").length - 1;
    }
    yield decoder.decode();
  } catch (error) {
    if (errorCode(error) !== "ERR_ENCODING_INVALID_ENCODED_DATA") throw error;
    throw brokenFile(
      basename(path),
      line,
      `At or after this line there are bytes that are no ${encoding}. ${advice[encoding]}`,
    );
  }
}

/** The line end that a file uses first. */
export async function lineEndOf(path: string, encoding: Encoding, signal: AbortSignal): Promise<"\n" | "\r\n"> {
  let last = "";
  for await (const text of textOf(path, encoding, signal)) {
    const found = /\r?\n/.exec(last + text);
    if (found) return found[0] === "\n" ? "\n" : "\r\n";
    last = text.slice(-1);
  }
  return "\n";
}

const windows1252 = new Map(
  Array.from(new TextDecoder("windows-1252").decode(Uint8Array.from({ length: 256 }, (_, byte) => byte))).map(
    (character, byte) => [character, byte],
  ),
);

/** Whether a text can be written in this encoding. */
export function canEncode(text: string, encoding: Encoding): boolean {
  return encoding !== "windows-1252" || Array.from(text).every((character) => windows1252.has(character));
}

/** Text as bytes. What the encoding lacks is refused before, by {@link canEncode}. */
export function encode(text: string, encoding: Encoding): Buffer {
  if (encoding === "windows-1252")
    return Buffer.from(Array.from(text, (character) => windows1252.get(character) ?? 63));
  return Buffer.from(text, encoding === "utf-8" ? "utf8" : "utf16le");
}

/** The byte order mark of an encoding, as bytes; empty where it has none. */
export function orderMark(encoding: Encoding): Buffer {
  return encoding === "windows-1252" ? Buffer.alloc(0) : encode("\uFEFF", encoding);
}
