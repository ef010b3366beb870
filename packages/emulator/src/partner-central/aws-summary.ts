import { isJsonObject, type JsonObject } from "../kernel/index.ts";
import { valueAt } from "../partner-central-shared/paths.ts";
import type { Catalog, StoredOpportunity } from "./state.ts";

/** AWS's own side of an opportunity: what AWS has added, over what it took from the partner. */
export function awsSummaryAnswer({ id, origin, body, related, aws }: StoredOpportunity, catalog: Catalog): JsonObject {
  const { Project } = body;
  const spend = valueAt(body, "Project.ExpectedCustomerSpend") ?? [];
  return {
    Origin: origin,
    OpportunityTeam: [],
    Customer: { Contacts: valueAt(body, "Customer.Contacts") ?? [] },
    Project: isJsonObject(Project)
      ? { AwsPartition: Project.AwsPartition ?? null, ExpectedCustomerSpend: spend }
      : null,
    ...aws,
    Catalog: catalog,
    RelatedEntityIds: Object.fromEntries(
      ["AwsProducts", "Solutions", "AwsMarketplaceSolutions", "AwsMarketplaceProducts"].map((type) => [
        type,
        related[type] ?? [],
      ]),
    ),
    RelatedOpportunityId: id,
  };
}
