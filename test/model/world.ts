import type { JsonObject } from "@cosell/connector";
import { manualClock, startPartnerCentral, type RunningPartnerCentral } from "@cosell/emulator";

/** A Partner Central in which operations find what they need. */
export interface PreparedWorld {
  /** One call of the Selling API without a client in between, as one of the accounts. Throws when it is refused. */
  call(operation: string, input: JsonObject, account?: string): Promise<JsonObject>;
  /** The same of the Account API. */
  callAccount(operation: string, input: JsonObject, account?: string): Promise<JsonObject>;
  /** A text that was not given before: a client token, a title. */
  fresh(prefix: string): string;
  /** An account that did nothing yet. */
  freshAccount(): string;
  nextDay(): void;
  readonly running: RunningPartnerCentral;
}

/** The account that AWS's clients call as, and a second partner's. */
export const accountOne = "111122223333";
export const accountTwo = "444455556666";

/** Starts one. Tasks of the Account API take a minute, so that they can be met in progress. */
export async function startPreparedWorld(): Promise<PreparedWorld> {
  const clock = manualClock(Date.parse("2026-01-15T09:00:00Z"));
  const running = await startPartnerCentral({
    clock,
    settings: { requiresConnection: false },
    accountSettings: { connectionsNeedProfile: false, taskDelayMs: 60_000 },
  });
  let count = 0;
  const keyOf = (account: string): string => {
    const { accounts } = running.partnerCentral.settings();
    const known = Object.entries(accounts).find(([, each]) => each === account)?.[0];
    if (known !== undefined) return known;
    const key = `AKIAPARTNER${account}`;
    running.partnerCentral.configure({ accounts: { ...accounts, [key]: account } });
    return key;
  };
  const caller =
    (url: string, service: string): PreparedWorld["call"] =>
    async (operation, input, account = accountOne) => {
      const response = await fetch(`${url}/${operation}`, {
        method: "POST",
        headers: { authorization: signatureOf(keyOf(account), service) },
        body: JSON.stringify({ Catalog: "Sandbox", ...input }),
      });
      const text = await response.text();
      if (!response.ok) throw new Error(`${operation} was refused: ${text}`);
      return text === "" ? {} : (JSON.parse(text) as JsonObject);
    };
  return {
    running,
    fresh: (prefix) => `${prefix}-${(count += 1)}`,
    freshAccount: () => String(700_000_000_000 + (count += 1)),
    nextDay: () => clock.advance(24 * 3600 * 1000),
    call: caller(running.url, "partnercentral-selling"),
    callAccount: caller(running.partnerCentralAccount.url, "partnercentral-account"),
  };
}

/** Of the form that the emulator asks for: it verifies no signature. */
function signatureOf(keyId: string, service: string): string {
  const scope = `20260115/us-east-1/${service}/aws4_request`;
  return `AWS4-HMAC-SHA256 Credential=${keyId}/${scope}, SignedHeaders=host, Signature=${"0".repeat(64)}`;
}
