import { countryOf, type Fate, fatesOf } from "./referral-fates.ts";
import type { Story } from "./story.ts";

const sync = "opportunities";

/** One deal that AWS passed on. */
export interface Referral {
  readonly invitation: string;
  readonly fate: Fate;
  readonly company: string;
  /** The deal that the CRM has already, where there is one. */
  readonly known: string | undefined;
}

/** AWS passes on all its deals at once. Those of customers that the CRM has are of deals that nobody has shared. */
export function refer(story: Story, unshared: readonly string[]): readonly Referral[] {
  const { emulators } = story.world;
  const waiting = [...unshared];
  return fatesOf(story.size.referrals).map((fate, number): Referral => {
    const isKnown = fate === "joined" || fate === "separate";
    const known = isKnown ? waiting.shift() : undefined;
    const account = known === undefined ? undefined : accountOf(story, known);
    const company = account === undefined ? `Referred ${number}` : `Customer ${account}`;
    const website =
      account === undefined ? `https://www.referred-${number}.example` : `https://customer-${account}.example`;
    const CountryCode = countryOf[fate];
    const Address =
      CountryCode === "US"
        ? { CountryCode, PostalCode: "78701", StateOrRegion: "Texas", City: "Austin" }
        : { CountryCode, PostalCode: "10115", City: "Capital" };
    const { invitation } = emulators.partnerCentral.refer({
      opportunity: {
        OpportunityType: "Net New Business",
        NationalSecurity: "No",
        PrimaryNeedsFromAws: ["Co-Sell - Architectural Validation"],
        Customer: { Account: { CompanyName: company, Industry: "Retail", WebsiteUrl: website, Address } },
        LifeCycle: { Stage: "Technical Validation", TargetCloseDate: "2035-05-31", NextSteps: `Call ${company}` },
        Marketing: { Source: "None" },
        Project: {
          Title: `Move warehouse ${number} to the cloud`,
          CustomerBusinessProblem: "The warehouse's data centre closes at the end of the year.",
          CustomerUseCase: "Storage & Backup",
          DeliveryModels: ["SaaS or PaaS"],
          SalesActivities: ["Initialized discussions with customer"],
          ExpectedCustomerSpend: [
            { Amount: "2500.00", CurrencyCode: "USD", Frequency: "Monthly", TargetCompany: "AWS" },
          ],
        },
      },
    });
    return { invitation, fate, company, known };
  });
}

/** What people do about the referrals that wait, once the inbox has them. */
export async function answerReferrals(story: Story, referrals: readonly Referral[]): Promise<void> {
  const { engine, crm } = story.world;
  for (const { fate, invitation, company, known } of referrals) {
    const choose = async (choice: Parameters<typeof engine.decideInvitations>[1]): Promise<void> => {
      const [outcome] = await engine.decideInvitations([invitation], choice);
      if (outcome?.outcome === "refused") throw new Error(`seed ${story.world.seed}: ${company}: ${outcome.message}`);
    };
    if (fate === "by-command") await choose({ take: "accept" });
    if (fate === "joined") await choose({ take: "accept", record: { linkTo: known ?? "" } });
    if (fate === "joined") crm.edit(known ?? "", { shared: true });
    if (fate === "separate") await choose({ take: "accept", record: "create" });
    if (fate === "rejected-by-command" || fate === "unticked") await choose({ take: "reject", reason: "Other" });
    if (fate === "ticked") crm.edit(await earlyRecordOf(story, invitation), { shared: true });
  }
}

/** Sellers give the referred deals a customer and what AWS wants to know before it takes a change. */
export async function completeReferrals(story: Story, referrals: readonly Referral[]): Promise<readonly string[]> {
  const { store, crm } = story.world;
  const completed: string[] = [];
  for (const [index, { invitation, company }] of referrals.entries()) {
    const { crmRef, status } = (await store.invitation(sync, invitation)) ?? {};
    if (status !== "done" || crmRef === undefined || index % 2 === 1) continue;
    const account = crm.createAccount({
      ...{ name: company, website: `https://www.referred-${index}.example`, street: "1 Main Street" },
      ...{ city: "Austin", state: "Texas", postalCode: "78701" },
    });
    crm.joinAccount(crmRef, account);
    crm.edit(crmRef, { solutions: ["S-0001111"], comments: `Taken over from AWS: ${company}` });
    completed.push(crmRef);
  }
  return completed;
}

async function earlyRecordOf({ world }: Story, invitation: string): Promise<string> {
  const found = await world.store.invitation(sync, invitation);
  if (found?.crmRef === undefined) throw new Error(`seed ${world.seed}: invitation ${invitation} has no early record`);
  return found.crmRef;
}

/** The number of a deal's customer. */
function accountOf({ records, accounts }: Story, deal: string): number {
  return accounts.indexOf(records.find(({ ref }) => ref === deal)?.account ?? "");
}

/** How many records there should be of each fate, and how many there are. */
export async function countsOfReferrals(
  { world }: Story,
  referrals: readonly Referral[],
): Promise<readonly [Readonly<Record<string, number>>, Readonly<Record<string, number>>]> {
  const records = (await world.crm.facts()).filter(({ deleted }) => !deleted);
  const fated: Record<string, number> = {};
  const counted: Record<string, number> = {};
  for (const { fate, company, known } of referrals) {
    const linked = records.filter(
      ({ ref, title, opportunityId }) =>
        opportunityId !== null &&
        (fate === "joined" ? ref === known : title === company || title.startsWith(`${company} - `)),
    );
    fated[fate] = (fated[fate] ?? 0) + (accepted.has(fate) ? 1 : 0);
    counted[fate] = (counted[fate] ?? 0) + linked.length;
  }
  return [fated, counted];
}

const accepted: ReadonlySet<Fate> = new Set(["by-rule", "by-command", "ticked", "joined", "separate"]);
