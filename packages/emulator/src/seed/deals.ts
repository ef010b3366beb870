import type { SalesforceRecord } from "../salesforce/document.ts";
import { writeInstant } from "../salesforce/records/instant.ts";
import { recordId } from "../salesforce/records/record-id.ts";
import { awsCompetitors, awsPrimaryNeeds, awsSalesActivities } from "../salesforce/schema/aws-picklists.ts";
import type { SeedAccount } from "./accounts.ts";
import { addDays, daysBetween } from "./days.ts";
import { flawOf } from "./deal-flaw.ts";
import { stageOf } from "./deal-stage.ts";
import { type Draw, drawFor } from "./draw.ts";
import { lastDay, type SalesDeal } from "./sales-data.ts";
import { scenarios } from "./scenarios.ts";
import { isOpen } from "./select-deals.ts";

/** How long after `asOf` the data set's last day is put, in days. */
const daysAhead = 120;

/** What all deals are made with. */
export interface DealMaking {
  readonly seed: number;
  /** `YYYY-MM-DD` */
  readonly asOf: string;
  readonly accounts: ReadonlyMap<string, SeedAccount>;
  readonly users: ReadonlyMap<string, { readonly Id: string }>;
  readonly campaigns: readonly { readonly Id: string }[];
  /** US dollars by product, as the price list spells it. */
  readonly prices: ReadonlyMap<string, number>;
}

/** A deal with the people who take part in it. */
export interface SeedDeal {
  readonly record: SalesforceRecord & { readonly Id: string };
  readonly roles: readonly SalesforceRecord[];
}

/** Turns a deal of the data set into Salesforce records. @param number its place in the data set, from 1 */
export function seedDeal(deal: SalesDeal, number: number, making: DealMaking): SeedDeal {
  const draw = drawFor(making.seed, `deal:${deal.opportunity_id}`);
  const flaw = flawOf(deal, draw);
  const account = flaw === "no account" ? undefined : accountOf(deal, draw, making.accounts);
  const scenario = draw.one(scenarios);
  const customer = String(account?.record["Name"] ?? "The customer");
  const noProblem = draw.chance(0.5) ? "TBD" : null;
  const Id = recordId("006", number);
  const dates = datesOf(deal, draw, making.asOf, flaw === "closed in the past");
  const record = {
    Id,
    Name: `${deal.product} ${deal.opportunity_id}`,
    AccountId: account?.record.Id ?? null,
    OwnerId: making.users.get(deal.sales_agent)?.Id ?? null,
    CampaignId: draw.chance(0.08) ? (making.campaigns[draw.between(0, 2)]?.Id ?? null) : null,
    StageName: stageOf(deal, draw),
    CloseDate: dates.close,
    Amount: amountOf(deal, draw, making.prices),
    Type: draw.weighted(
      [
        ["New Customer", 6],
        ["Existing Customer - Upgrade", 3],
      ],
      "New Customer",
    ),
    NextStep: draw.one(["Demo with the operations team", "Send the revised offer", "Meet the CFO", "Call next week"]),
    LeadSource: draw.one(["Web", "Partner Referral", "Phone Inquiry", "Other"]),
    AWS_Cosell__c: true,
    AWS_Monthly_Spend__c: draw.between(5, 400) * 100,
    AWS_Use_Case__c: scenario.useCase,
    AWS_Delivery_Models__c: scenario.deliveryModels.join(";"),
    AWS_Solutions__c: flaw === "no solution" ? null : scenario.solution.id,
    AWS_Products__c: scenario.products.join(";"),
    AWS_Primary_Needs__c: draw.some(awsPrimaryNeeds, 1, 2).join(";"),
    AWS_Sales_Activities__c: draw.some(awsSalesActivities, 1, 3).join(";"),
    AWS_Business_Problem__c: flaw === "no problem" ? noProblem : scenario.problem.replace("{customer}", customer),
    AWS_Competitor__c: draw.chance(0.3) ? (awsCompetitors[draw.between(0, 9)] ?? null) : null,
    AWS_Involvement__c: draw.chance(0.85) ? "Co-Sell" : "For Visibility Only",
    Loss_Reason__c:
      deal.deal_stage === "Lost" ? draw.one(["Price", "No Decision", "Lost to Competitor", "No Budget"]) : null,
    CreatedDate: dates.created,
    LastModifiedDate: dates.modified,
    SystemModstamp: dates.modified,
  };
  return { record, roles: rolesOf(Id, number, account, draw, dates.modified) };
}

function accountOf(deal: SalesDeal, draw: Draw, accounts: DealMaking["accounts"]): SeedAccount | undefined {
  const any = [...accounts.values()][draw.between(0, accounts.size - 1)];
  return accounts.get(deal.account) ?? any;
}

/** The data set spells one product in two ways, `GTX Pro` and `GTXPro`: deals keep theirs. */
function amountOf(deal: SalesDeal, draw: Draw, prices: DealMaking["prices"]): number | null {
  const price = prices.get(deal.product) ?? prices.get(deal.product.replace("GTX", "GTX ")) ?? 0;
  const offered = price * draw.between(1, 12);
  return isOpen(deal) ? offered : Number(deal.close_value) || null;
}

/** Moves the data set to `asOf`: open deals close later, won and lost ones closed before, whatever came first. */
function datesOf(
  deal: SalesDeal,
  draw: Draw,
  asOf: string,
  inThePast: boolean,
): { readonly close: string; readonly created: string; readonly modified: string } {
  const shift = daysBetween(lastDay, asOf) + daysAhead;
  const ahead = draw.between(20, 260);
  const ago = draw.between(2, 60);
  const moved = deal.close_date === "" ? undefined : addDays(deal.close_date, shift);
  const past = addDays(asOf, -ago);
  const open = inThePast ? past : addDays(asOf, ahead);
  const close = isOpen(deal) ? open : moved !== undefined && moved < past ? moved : past;
  const engaged = deal.engage_date === "" ? past : addDays(deal.engage_date, shift);
  const created = engaged < past ? engaged : addDays(past, -draw.between(1, 90));
  // Records that one import touched share its stamp, as in any org.
  const imported = draw.chance(0.1);
  const minutes = draw.between(0, 40 * 1440);
  const start = Date.parse(asOf);
  return {
    close,
    created: writeInstant(Math.min(Date.parse(created), start - 50 * 86_400_000)),
    modified: writeInstant(imported ? start - 30 * 86_400_000 : start - minutes * 60_000 - draw.between(1, 59_999)),
  };
}

function rolesOf(
  OpportunityId: string,
  number: number,
  account: SeedAccount | undefined,
  draw: Draw,
  stamp: string,
): readonly SalesforceRecord[] {
  const people = draw.some(account?.contacts ?? [], 1, 2);
  return people.map((contact, index) => ({
    Id: recordId("00K", number * 2 + index),
    OpportunityId,
    ContactId: contact.Id,
    Role: draw.one(["Decision Maker", "Economic Buyer", "Evaluator"]),
    IsPrimary: index === 0,
    SystemModstamp: stamp,
  }));
}
