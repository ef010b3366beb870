import type { JsonValue } from "@cosell/connector";
import type { RunningEmulators } from "@cosell/emulator";
import { type DealValue, type DemoCrm, fieldsOf } from "./crm.ts";

const names: Readonly<Record<DealValue, string>> = {
  nextSteps: "hs_next_step",
  monthlySpend: "aws_monthly_spend",
  stage: "dealstage",
  comments: "aws_additional_comments",
  problem: "aws_business_problem",
  closeDate: "closedate",
  sellerStage: "aws_seller_stage",
  solutions: "aws_solutions",
  opportunityId: "aws_opportunity_id",
};

/** The first portal of the emulated HubSpot. */
export function hubspotCrm({ hubspot }: RunningEmulators): DemoCrm {
  const object = "deals";
  const portal = hubspot.portal();
  const [own] = hubspot.settings().portals;
  const [accessToken = ""] = own?.accessTokens ?? [];
  const day = new Intl.DateTimeFormat("en-CA", { timeZone: own?.timeZone ?? "UTC", dateStyle: "short" });
  return {
    connector: "hubspot",
    title: "HubSpot",
    connection: { connector: "hubspot", baseUrl: hubspot.url, accessToken },
    mapping: "hubspot.deal.yaml",
    reads: /(\.(get|list|search|batchRead)|^(get|list|token))/,
    stages: { committed: "contractsent", businessValidation: "decisionmakerboughtin" },
    deals: () =>
      portal
        .records(object)
        .filter(({ archived }) => !archived)
        .map(({ id, properties }) => {
          const held = Object.entries(names).map(([name, property]): [string, JsonValue] => {
            const value = properties[property] ?? null;
            return [name, name === "closeDate" && value !== null ? day.format(Date.parse(value)) : value];
          });
          return {
            ref: id,
            isShared: properties["aws_cosell"] === "true",
            isClosed: properties["hs_is_closed"] === "true",
            hasCustomer: portal.associated({ object, id }, "companies").length > 0,
            values: Object.fromEntries(held) as Readonly<Record<DealValue, JsonValue>>,
          };
        }),
    edit: (ref, { closeDate, ...values }) =>
      portal.edit(object, ref, {
        ...fieldsOf(names, values),
        // As HubSpot's own pages do: the day's end of business, somewhere in the portal's day.
        ...(typeof closeDate === "string" && { closedate: `${closeDate}T17:00:00Z` }),
      }),
    giveCustomer: (ref) => {
      const [company] = portal.records("companies");
      if (company) portal.associate({ object, id: ref }, { object: "companies", id: company.id });
    },
    create: (name) =>
      portal.create(object, {
        dealname: name,
        dealstage: "appointmentscheduled",
        closedate: "2027-01-31T17:00:00Z",
        aws_cosell: "true",
      }),
  };
}
