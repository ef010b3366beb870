import type { EmulatorProcess } from "./emulators.ts";

type Fields = Readonly<Record<string, unknown>>;

/** The opportunities of the first partner account as Partner Central holds them. */
async function opportunitiesOf({ admin }: EmulatorProcess): Promise<readonly Fields[]> {
  const { partnerCentralSelling } = (await admin("GET", "/state")) as {
    readonly partnerCentralSelling: { readonly spaces: Readonly<Record<string, { readonly opportunities: unknown }>> };
  };
  return Object.values(partnerCentralSelling.spaces).flatMap(({ opportunities }) =>
    Object.values(opportunities as Readonly<Record<string, { readonly id: string; readonly body: Fields }>>).map(
      ({ id, body }) => ({ ...body, Id: id }),
    ),
  );
}

/** Opportunities beyond the first that carry the id of one CRM record. */
export async function duplicatesOf(emulators: EmulatorProcess): Promise<number> {
  const opportunities = await opportunitiesOf(emulators);
  const records = new Set(opportunities.map(({ PartnerOpportunityIdentifier: record }) => record));
  return opportunities.length - records.size;
}
