import type { SalesforceRecord } from "../salesforce/document.ts";
import { integrationUser } from "../salesforce/load-document.ts";
import { recordId } from "../salesforce/records/record-id.ts";
import { drawFor } from "./draw.ts";
import type { SalesData } from "./sales-data.ts";

type UserRecord = SalesforceRecord & { readonly Id: string };

/** The user that integrations run as, then the data set's 35 agents, by name. */
export function seedUsers(data: SalesData, seed: number, stamp: string): ReadonlyMap<string, UserRecord> {
  const integration: UserRecord = { ...integrationUser, Id: recordId("005", 1), SystemModstamp: stamp };
  const agents = data.agents.map(({ sales_agent, regional_office }, index): [string, UserRecord] => {
    const [FirstName = "", ...rest] = sales_agent.split(" ");
    const email = `${sales_agent.toLowerCase().replaceAll(" ", ".")}@example.com`;
    return [
      sales_agent,
      {
        Id: recordId("005", index + 2),
        Username: email,
        FirstName,
        LastName: rest.join(" "),
        Email: email,
        Title: `Account Executive, ${regional_office}`,
        Phone: `+1 212 555 01${String(drawFor(seed, `user:${sales_agent}`).between(0, 99)).padStart(2, "0")}`,
        SystemModstamp: stamp,
      },
    ];
  });
  return new Map([["", integration], ...agents]);
}

/** Campaigns that some deals came from. */
export function seedCampaigns(stamp: string): readonly (SalesforceRecord & { readonly Id: string })[] {
  return ["APN Immersion Days", "Well-Architected", "Migration Acceleration Program"].map((Name, index) => ({
    Id: recordId("701", index + 1),
    Name,
    IsActive: true,
    SystemModstamp: stamp,
  }));
}
