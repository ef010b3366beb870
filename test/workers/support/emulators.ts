import type { LoggedRequest } from "@cosell/emulator";
import { type Program, startProgram, stopProgram } from "./program.ts";

type Json = Readonly<Record<string, unknown>>;

/** Where each server of the emulators listens. */
export interface EmulatorUrls {
  readonly partnerCentralSelling: string;
  readonly sqs: string;
  readonly queueUrl: string;
  readonly salesforce: string;
  readonly hubspot?: string;
  readonly admin: string;
}

/** The emulators in a process of their own, so that they do not share an event loop with whom they are to measure. */
export interface EmulatorProcess {
  readonly urls: EmulatorUrls;
  readonly program: Program;
  /** Asks the admin face. */
  readonly admin: (method: string, path: string, body?: unknown) => Promise<Json>;
  /** Calls that ended after a sequence. */
  requests(since?: number): Promise<readonly LoggedRequest[]>;
  stop(): Promise<void>;
}

/** Starts `cosell emulator` with a company of so many deals, and AWS's quotas as `quotas` says. */
export async function startEmulatorProcess(
  folder: string,
  options: { readonly deals: number; readonly seed?: number; readonly quotas?: Json },
): Promise<EmulatorProcess> {
  const args = ["emulator", "--json", "--deals", String(options.deals), "--seed", String(options.seed ?? 1)];
  const program = startProgram(folder, options.quotas === undefined ? args : [...args, "--quotas"]);
  const urls = await new Promise<EmulatorUrls>((resolve, reject) => {
    void program.ended.then(() => reject(new Error(program.stderr())));
    const look = (): void => {
      const [line, rest] = program.stdout().split("\n");
      if (rest === undefined) setTimeout(look, 20);
      else resolve(JSON.parse(line ?? "") as EmulatorUrls);
    };
    look();
  });
  const admin: EmulatorProcess["admin"] = async (method, path, body) => {
    const answer = await fetch(`${urls.admin}${path}`, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as Json;
  };
  const never = Number.MAX_SAFE_INTEGER;
  await admin("PUT", "/settings", {
    partnerCentralSelling: { inReviewAfterMs: never, grantedQuotas: options.quotas ?? {} },
  });
  return {
    urls,
    program,
    admin,
    requests: async (since = 0) =>
      (await admin("GET", `/requests?since=${since}`))["requests"] as readonly LoggedRequest[],
    stop: async () => {
      await stopProgram(program);
    },
  };
}
