import { createHash } from "node:crypto";
import type { InvitationDocument, MappingDocument } from "../document.ts";

/** What a document says where, and why: not what it means. */
const silent: ReadonlySet<string> = new Set(["at", "file", "leftOut"]);

/** Identifies what a mapping means: positions, comments, layout and reasons do not count. */
export function hashOf(document: MappingDocument | InvitationDocument): string {
  const meaning = JSON.stringify(document, (key, value: unknown) => (silent.has(key) ? undefined : value));
  return createHash("sha256").update(meaning).digest("hex");
}
