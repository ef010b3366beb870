import type { SalesforceSeed } from "../salesforce/document.ts";
import { recordId } from "../salesforce/records/record-id.ts";
import { seedAccounts } from "./accounts.ts";
import { seedDeal } from "./deals.ts";
import { seedCampaigns, seedUsers } from "./people.ts";
import { salesData } from "./sales-data.ts";
import { selectDeals } from "./select-deals.ts";

/** What the demo's company is to look like. */
export interface SeedOptions {
  /** How many deals, 1 to 8,800. A number outside is brought inside. */
  readonly deals: number;
  /** One seed gives one company: a deal is the same whichever number is taken. */
  readonly seed: number;
  /** The day that is today, `YYYY-MM-DD`: dates are moved to lie around it. */
  readonly asOf: string;
}

/**
 * The demo's company: a public sales data set as Salesforce records, with what AWS needs added. Three deals of four are
 * open; of these about three of four can be submitted to AWS at once, the others lack something at fixed small rates
 * (an account, a business problem, a solution, a website, a date in the future, a telephone number).
 */
export function loadSeed({ deals, seed, asOf }: SeedOptions): SalesforceSeed {
  const data = salesData();
  const count = Math.min(data.deals.length, Math.max(1, Math.floor(deals)));
  const stamp = `${asOf}T00:00:00.000+0000`;
  const accounts = seedAccounts(data, seed, stamp);
  const users = seedUsers(data, seed, stamp);
  const campaigns = seedCampaigns(stamp);
  const prices = new Map(data.products.map(({ product, sales_price }) => [product, Number(sales_price)]));
  const numbers = new Map(data.deals.map((deal, index) => [deal, index + 1]));
  const made = selectDeals(data.deals, count, seed).map((deal) =>
    seedDeal(deal, numbers.get(deal) ?? 0, { seed, asOf, accounts, users, campaigns, prices }),
  );
  return {
    records: {
      Organization: [
        { Id: recordId("00D", 1), Name: "Example Partner", DefaultCurrencyIsoCode: "USD", IsSandbox: true },
      ],
      User: [...users.values()],
      Campaign: campaigns,
      Account: [...accounts.values()].map(({ record }) => record),
      Contact: [...accounts.values()].flatMap(({ contacts }) => contacts),
      Opportunity: made.map(({ record }) => record),
      OpportunityContactRole: made.flatMap(({ roles }) => roles),
    },
  };
}
