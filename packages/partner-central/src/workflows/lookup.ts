import type { JsonObject } from "@cosell/connector";
import { isStructure } from "../model/opportunity-facts.ts";
import { awsProducts } from "./generated/aws-products.ts";
import { textAt, textsAt, withoutAbsent } from "./values.ts";
import { defineWorkflow, type WorkflowOutcome } from "./workflow.ts";
import type { InputMember } from "./workflow-input.ts";

/** What is looked for: words that must all be there, in any member. */
interface LookupInput {
  readonly text?: string;
}

const text: InputMember = {
  name: "text",
  like: { operation: "CreateOpportunity", path: "Project.Title" },
  describes: "words that must all be there; without any everything is listed",
};

/** Own solutions, as AWS lists them. */
export const lookupSolutions = defineWorkflow<"list">({
  name: "lookup solutions",
  summary: "find solutions to attach",
  input: [text],
  steps: { list: "List the solutions" },
  readsOnly: true,
  run: async (run, input: LookupInput) => {
    const all = await run.step("list", (step) =>
      step.readAll("ListSolutions", "SolutionSummaries", { MaxResults: 100 }),
    );
    const rows = all.map((solution) =>
      withoutAbsent({
        id: textAt(solution, "Id"),
        name: textAt(solution, "Name"),
        category: textAt(solution, "Category"),
        status: textAt(solution, "Status"),
        marketplace: textAt(solution, "AwsMarketplaceSolutionArn"),
      }),
    );
    return outcomeOf("solutions", matching(rows, input));
  },
});

/** AWS's products. AWS has no operation that lists them, so this release's own list is searched. */
export const lookupProducts = defineWorkflow<"search">({
  name: "lookup products",
  summary: "find AWS products to attach, without any call",
  input: [text],
  steps: { search: "Search the list of products" },
  readsOnly: true,
  run: async (run, input: LookupInput) => {
    const rows = await run.step("search", async () =>
      matching(
        awsProducts.map(([id, name, family]) => ({ id, name, family })),
        input,
      ),
    );
    return outcomeOf("products", rows);
  },
});

const related = {
  AwsMarketplaceOffers: "offer",
  AwsMarketplaceOfferSets: "offer set",
  AwsMarketplaceProducts: "product",
  AwsMarketplaceSolutions: "solution",
} as const;
/** Each costs a read: the newest opportunities tell what is in use. */
const mostOpportunities = 100;

/** What of AWS Marketplace the account's newest opportunities carry: Partner Central itself lists no offers. */
export const lookupOffers = defineWorkflow<"list" | "read">({
  name: "lookup offers",
  summary: "find Marketplace offers, products and solutions that your newest opportunities carry",
  input: [text],
  steps: { list: "List the newest opportunities", read: "Read what is attached to them" },
  readsOnly: true,
  run: async (run, input: LookupInput) => {
    const newest = await run.step("list", async (step) => {
      const sort = { SortBy: "LastModifiedDate", SortOrder: "DESCENDING" };
      const answer = await step.read("ListOpportunities", { MaxResults: mostOpportunities, Sort: sort });
      const summaries = answer["OpportunitySummaries"];
      return Array.isArray(summaries) ? summaries.filter(isStructure).flatMap(({ Id }) => Id ?? []) : [];
    });
    const rows = await run.step("read", async (step) => {
      const found = new Map<string, JsonObject>();
      for (const id of newest) {
        const opportunity = await step.read("GetOpportunity", { Identifier: id });
        const title = textAt(opportunity, "Project.Title") ?? "";
        for (const [type, kind] of Object.entries(related)) {
          for (const arn of textsAt(opportunity, `RelatedEntityIdentifiers.${type}`)) {
            if (!found.has(arn)) found.set(arn, { id: arn, kind, opportunity: id, title });
          }
        }
      }
      return [...found.values()];
    });
    return outcomeOf("Marketplace entities", matching(rows, input));
  },
});

function matching(rows: readonly JsonObject[], { text: wanted = "" }: LookupInput): readonly JsonObject[] {
  const words = wanted.toLowerCase().split(/\s+/).filter(Boolean);
  return rows.filter((row) => {
    const all = Object.values(row)
      .filter((value) => typeof value === "string")
      .join(" ")
      .toLowerCase();
    return words.every((word) => all.includes(word));
  });
}

function outcomeOf(what: string, found: readonly JsonObject[]): WorkflowOutcome {
  return { status: "done", summary: `${found.length} ${what} found.`, next: [], result: { found } };
}
