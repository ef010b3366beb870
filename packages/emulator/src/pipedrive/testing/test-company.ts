import { createFaults, createRequestLog, manualClock, startHost } from "../../kernel/index.ts";
import { createPipedrive, type Pipedrive, type PipedriveCompany } from "../pipedrive.ts";
import { demoCompany, type PipedriveSettings } from "../settings.ts";

/** An answer as a test looks at it. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Readonly<Record<string, unknown>>;
}

/** A company on the network, at a time that stands still. */
export interface TestCompany {
  readonly pipedrive: Pipedrive;
  readonly company: PipedriveCompany;
  readonly url: string;
  readonly call: (
    method: string,
    path: string,
    body?: object,
    headers?: Readonly<Record<string, string>>,
  ) => Promise<Answer>;
  readonly advance: (milliseconds: number) => void;
  readonly close: () => Promise<void>;
}

export async function startTestCompany(settings: Partial<PipedriveSettings> = {}): Promise<TestCompany> {
  const clock = manualClock(Date.UTC(2026, 2, 2, 9, 30, 15, 250));
  const pipedrive = createPipedrive({ clock, settings });
  const host = await startHost({ server: pipedrive, clock, faults: createFaults(), requests: createRequestLog() });
  const token = demoCompany.apiTokens[0] ?? "";
  return {
    pipedrive,
    company: pipedrive.company(),
    url: host.url,
    call: async (method, path, body, headers = { "x-api-token": token }) => {
      const response = await fetch(`${host.url}${path}`, {
        method,
        headers,
        ...(body && { body: body instanceof URLSearchParams ? body : JSON.stringify(body) }),
      });
      return { status: response.status, headers: response.headers, body: (await response.json()) as Answer["body"] };
    },
    advance: clock.advance,
    close: async () => {
      await pipedrive.close();
      await host.close();
    },
  };
}
