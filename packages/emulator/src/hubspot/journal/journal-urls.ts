import { createHmac, randomBytes } from "node:crypto";
import type { EmulatorClock, EmulatorRequest, EmulatorResponse } from "../../kernel/index.ts";
import type { HubspotSettings } from "../settings.ts";
import type { Journal } from "./journal.ts";

/** Addresses of files, signed and good for a while, as a storage gives them. */
export interface JournalUrls {
  /** @param host as the caller named it */
  sign(
    host: string,
    place: { readonly view: string; readonly offset: string },
  ): {
    readonly url: string;
    readonly expiresAt: string;
  };
  /** Answers such an address. It needs no token: who has the address has the file. */
  answer(request: EmulatorRequest): EmulatorResponse;
}

const path = /^\/webhooks-journal-files\/([\w-]+)\/([\w-]+)$/;

/** Whether a call goes to the files and not to the API. */
export const isJournalFile = ({ method, path: asked }: Pick<EmulatorRequest, "method" | "path">): boolean =>
  method === "GET" && path.test(asked);

export function createJournalUrls(
  clock: EmulatorClock,
  settings: () => HubspotSettings,
  journal: Journal,
): JournalUrls {
  const key = randomBytes(16);
  const signatureOf = (...parts: readonly string[]): string =>
    createHmac("sha256", key).update(parts.join(" ")).digest("hex");
  return {
    sign: (host, { view, offset }) => {
      const until = clock.now() + settings().journalUrlLifetimeMs;
      const query = new URLSearchParams({
        "X-Amz-Expires": String(until),
        "X-Amz-Signature": signatureOf(view, offset, String(until)),
      });
      return {
        url: `http://${host}/webhooks-journal-files/${view}/${offset}?${query.toString()}`,
        expiresAt: new Date(until).toISOString(),
      };
    },
    answer: ({ path: asked, query }) => {
      const [, view = "", offset = ""] = path.exec(asked) ?? [];
      const until = query.get("X-Amz-Expires") ?? "";
      if (query.get("X-Amz-Signature") !== signatureOf(view, offset, until))
        return refusal(403, "SignatureDoesNotMatch", "The request signature does not match the signature provided.");
      if (Number(until) <= clock.now()) return refusal(403, "AccessDenied", "Request has expired");
      const file = journal.files(view).find((each) => each.offset === offset);
      return file ? { status: 200, body: file } : refusal(404, "NoSuchKey", "The specified key does not exist.");
    },
  };
}

/** As S3 words it. */
function refusal(status: number, code: string, message: string): EmulatorResponse {
  return {
    status,
    headers: { "content-type": "application/xml" },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>`,
  };
}
