import { readFileSync } from "node:fs";
import { parse } from "csv-parse/sync";

/** A company of the data set. */
export interface SalesAccount {
  readonly account: string;
  readonly sector: string;
  /** Millions of US dollars a year. */
  readonly revenue: string;
  readonly employees: string;
  /** A country. */
  readonly office_location: string;
  readonly subsidiary_of: string;
}

/** A deal of the data set. What is not known is empty. */
export interface SalesDeal {
  readonly opportunity_id: string;
  readonly sales_agent: string;
  readonly product: string;
  readonly account: string;
  readonly deal_stage: "Prospecting" | "Engaging" | "Won" | "Lost";
  /** `YYYY-MM-DD` */
  readonly engage_date: string;
  /** `YYYY-MM-DD` */
  readonly close_date: string;
  readonly close_value: string;
}

/** The public sales data set that the demo's company is made of, with its flaws: nothing is corrected. */
export interface SalesData {
  readonly accounts: readonly SalesAccount[];
  readonly agents: readonly { readonly sales_agent: string; readonly regional_office: string }[];
  readonly deals: readonly SalesDeal[];
  readonly products: readonly { readonly product: string; readonly sales_price: string }[];
}

/** The last day of the data set. */
export const lastDay = "2017-12-31";

let known: SalesData | undefined;

/** Reads the data set once. */
export function salesData(): SalesData {
  known ??= {
    accounts: read("accounts") as readonly SalesAccount[],
    agents: read("sales_teams") as SalesData["agents"],
    deals: read("sales_pipeline") as readonly SalesDeal[],
    products: read("products") as SalesData["products"],
  };
  return known;
}

/** The files are part of this package: their columns are known. */
function read(name: string): readonly unknown[] {
  const file = new URL(`../../seed/${name}.csv`, import.meta.url);
  return parse(readFileSync(file), { columns: true, bom: true });
}
