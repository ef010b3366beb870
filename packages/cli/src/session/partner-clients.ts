import type { PartnerCentral } from "@cosell/partner-central";
import type { PartnerAccount } from "../configuration/configuration.ts";
import { type ClientSurroundings, openPartnerCentral } from "./open-partner-central.ts";

/** One client, and so one count of the quota, per partner account: its syncs share it. */
export interface PartnerClients {
  of(account: PartnerAccount): Promise<PartnerCentral>;
  /** The number of the AWS account behind it, as its opportunities tell it; `undefined` while it has none. One read, once. */
  accountIdOf(account: PartnerAccount): Promise<string | undefined>;
  close(): Promise<void>;
}

/** Clients are opened when they are first asked for. */
export function createPartnerClients(surroundings: ClientSurroundings): PartnerClients {
  const clients = new Map<PartnerAccount, Promise<PartnerCentral>>();
  const accountIds = new Map<PartnerAccount, Promise<string | undefined>>();
  const of = (account: PartnerAccount): Promise<PartnerCentral> => {
    const client = clients.get(account) ?? openPartnerCentral(account, surroundings);
    clients.set(account, client);
    return client;
  };
  return {
    of,
    accountIdOf: (account) => {
      const id = accountIds.get(account) ?? of(account).then(readAccountId);
      accountIds.set(account, id);
      return id;
    },
    close: async () => {
      for (const client of clients.values()) (await client).close();
    },
  };
}

/** The fifth part of an ARN: `arn:aws:partnercentral:us-east-1:111122223333:catalog/…`. */
const accountInArn = /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/;

async function readAccountId(client: PartnerCentral): Promise<string | undefined> {
  const { OpportunitySummaries: summaries } = await client.call("ListOpportunities", { MaxResults: 1 });
  const [first] = Array.isArray(summaries) ? (summaries as readonly { readonly Arn?: unknown }[]) : [];
  return typeof first?.Arn === "string" ? accountInArn.exec(first.Arn)?.[1] : undefined;
}
