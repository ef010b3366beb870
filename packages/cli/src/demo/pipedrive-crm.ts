import type { JsonValue } from "@cosell/connector";
import type { PipedriveRecord, RunningEmulators } from "@cosell/emulator";
import { type DealValue, type DemoCrm } from "./crm.ts";

/** A custom field by its name; a member of the deal itself by Pipedrive's word. */
const names: Readonly<Record<DealValue, string>> = {
  nextSteps: "AWS Next Steps",
  monthlySpend: "AWS Monthly Spend",
  stage: "stage_id",
  comments: "AWS Additional Comments",
  problem: "AWS Business Problem",
  closeDate: "expected_close_date",
  sellerStage: "AWS Seller Stage",
  solutions: "AWS Solutions",
  opportunityId: "AWS Opportunity Id",
};

/** The first company of the emulated Pipedrive. */
export function pipedriveCrm({ pipedrive }: RunningEmulators): DemoCrm {
  const object = "deals";
  const company = pipedrive.company();
  const [own] = pipedrive.settings().companies;
  const [apiToken = ""] = own?.apiTokens ?? [];
  const stages = company.schema().pipelines.flatMap((pipeline) => pipeline.stages);
  const isCustom = (name: string): boolean => name.startsWith("AWS ");
  const yes = company
    .schema()
    .object(object)
    .fields.find(({ name }) => name === "AWS Co-Sell")
    ?.options?.find(({ label }) => label === "Yes")?.id;

  /** As people see it: a stage by its name, an amount without its currency. */
  const seen = (name: DealValue, record: PipedriveRecord): JsonValue => {
    const field = names[name];
    const value = (isCustom(field) ? record.custom_fields[company.keyOf(object, field)] : record[field]) ?? null;
    if (name === "stage") return stages.find(({ id }) => id === value)?.name ?? null;
    return typeof value === "object" && value !== null && "value" in value ? (value.value ?? null) : value;
  };
  const given = (name: DealValue, value: JsonValue): JsonValue => {
    if (name === "stage") return stages.find((stage) => stage.name === value)?.id ?? null;
    return name === "monthlySpend" ? { value: Number(value), currency: own?.currency ?? "USD" } : value;
  };

  return {
    connector: "pipedrive",
    title: "Pipedrive",
    connection: { connector: "pipedrive", instanceUrl: pipedrive.url, apiToken },
    mapping: "pipedrive.deal.yaml",
    reads: /(\.(get|list|listArchived|listFields|search)|^(get|list|token))/,
    stages: { committed: "Negotiations Started", businessValidation: "Proposal Made" },
    deals: () =>
      company
        .records(object)
        .filter((record) => !record.is_deleted)
        .map((record) => ({
          ref: String(record.id),
          isShared: record.custom_fields[company.keyOf(object, "AWS Co-Sell")] === yes,
          isClosed: record["status"] !== "open",
          hasCustomer: record["org_id"] !== null,
          values: Object.fromEntries(
            Object.keys(names).map((name) => [name, seen(name as DealValue, record)]),
          ) as Readonly<Record<DealValue, JsonValue>>,
        })),
    edit: (ref, values) => {
      const fields = Object.entries(values).map(([name, value]) => {
        const field = names[name as DealValue];
        return { field, value: given(name as DealValue, value) };
      });
      const plain = fields.filter(({ field }) => !isCustom(field)).map(({ field, value }) => [field, value] as const);
      const custom = fields
        .filter(({ field }) => isCustom(field))
        .map(({ field, value }) => [company.keyOf(object, field), value] as const);
      company.edit(object, Number(ref), { ...Object.fromEntries(plain), custom_fields: Object.fromEntries(custom) });
    },
    giveCustomer: (ref) => {
      const [organization] = company.records("organizations");
      if (organization) company.edit(object, Number(ref), { org_id: organization.id });
    },
    create: (title) =>
      String(
        company.create(object, {
          title,
          expected_close_date: "2027-01-31",
          custom_fields: { [company.keyOf(object, "AWS Co-Sell")]: yes },
        }),
      ),
  };
}
