import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { describe, expect, it } from "@jest/globals";
import type { SchemaSnapshot } from "@cosell/connector";
import {
  type CaseMapping,
  checkInvitationMapping,
  checkMapping,
  compileInvitationMapping,
  compileMapping,
  type Finding,
  formatFinding,
  loadCases,
  type LoadedMapping,
  loadMapping,
  runCases,
} from "@cosell/core";
import { partnerCentralTarget as target } from "@cosell/partner-central";

const folder = join(import.meta.dirname, "../../mappings");
const documentation = join(import.meta.dirname, "../../docs");

/** Every mapping that comes with Cosell, and every worked example. */
const files = [folder, join(folder, "examples")]
  .flatMap((place) => readdirSync(place).map((name) => join(place, name)))
  .filter((file) => /(?<!\.cases)\.yaml$/.test(file));

function load(file: string): LoadedMapping {
  return loadMapping({
    file: relative(folder, file),
    text: readFileSync(file, "utf8"),
    resolve: (reference, fromFile) => {
      const beside = resolve(folder, dirname(fromFile), reference);
      const found = existsSync(beside) ? beside : join(folder, `${reference}.yaml`);
      return existsSync(found) ? { file: relative(folder, found), text: readFileSync(found, "utf8") } : undefined;
    },
  });
}

function compile({ document, invitation }: LoadedMapping): CaseMapping {
  if (document !== undefined) return compileMapping(document, { target });
  if (invitation !== undefined) return compileInvitationMapping(invitation, { target });
  throw new Error("It cannot be read as a mapping: `well formed` says why.");
}

function snapshotOf(file: string): SchemaSnapshot {
  return JSON.parse(readFileSync(file, "utf8")) as SchemaSnapshot;
}

function check(file: string): readonly Finding[] {
  const { document, invitation, findings } = load(file);
  const crm = (document ?? invitation)?.crm;
  const name = `${crm?.connector.text ?? ""}.${crm?.object.text ?? ""}.json`;
  const options = { target, schema: snapshotOf(join(dirname(file), "snapshots", name)) };
  return [
    ...findings,
    ...(document === undefined ? [] : checkMapping(document, options)),
    ...(invitation === undefined ? [] : checkInvitationMapping(invitation, options)),
  ];
}

describe.each(files.map((file) => [relative(folder, file), file]))("%s", (name, file) => {
  const caseFile = file.replace(/\.yaml$/, ".cases.yaml");
  const { cases, findings } = loadCases({ file: caseFile, text: readFileSync(caseFile, "utf8") });
  const loaded = load(file);
  const compiled = compile(loaded);

  it("has not one finding against the CRM's schema and AWS's model", () => {
    expect(check(file).map(formatFinding)).toEqual([]);
  });

  it("is called by its file's name, so that an overlay finds it", () => {
    const own = name.replace(/\.yaml$/, "");
    expect(compiled.id).toBe(name.startsWith("examples/") ? own.replace("examples/", "example.") : own);
  });

  it("has golden cases, well formed and at least three", () => {
    expect(findings.map(formatFinding)).toEqual([]);
    expect(cases.length).toBeGreaterThanOrEqual(3);
  });

  it.each(runCases(compiled, cases).map(({ case: { name: title }, differences }) => [title, differences] as const))(
    "holds: %s",
    (_title, differences) => {
      expect(differences).toEqual([]);
    },
  );
});

describe("the tables", () => {
  const tableOf = (file: string, table: string) => {
    const { document } = load(join(folder, file));
    return document?.tables.find(({ name }) => name.text === table);
  };
  const rowsOf = (file: string, table: string) => tableOf(file, table)?.outbound.map(({ from }) => from.text);
  const optionsOf = (snapshot: string, object: string, field: string) =>
    snapshotOf(join(folder, "snapshots", snapshot))
      .objects[object]?.fields.find(({ name }) => name === field)
      ?.picklist?.map(({ value }) => value);

  it("know every industry and every stage that HubSpot has, and no other", () => {
    const hubspot = "hubspot.deals.json";
    const [industries, stages] = [
      optionsOf(hubspot, "companies", "industry"),
      optionsOf(hubspot, "deals", "dealstage"),
    ];
    expect(rowsOf("hubspot.deal.yaml", "industry")?.toSorted()).toEqual(industries?.toSorted());
    expect(rowsOf("hubspot.deal.yaml", "stage")?.toSorted()).toEqual(stages?.toSorted());
  });

  it("know every stage of Pipedrive's own pipeline, won and lost too, and no other", () => {
    expect(rowsOf("pipedrive.deal.yaml", "stage")).toEqual(optionsOf("pipedrive.deals.json", "deals", "stage"));
  });

  it.each([
    ["examples/custom-object.yaml", "useCase", "Project.CustomerUseCase"],
    ["examples/custom-object.yaml", "deliveryModel", "Project.DeliveryModels[]"],
    ["salesforce.opportunity.yaml", "lossReason", "LifeCycle.ClosedLostReason"],
  ])("of %s take AWS's own words as they are: %s", (file, table, path) => {
    const rows = new Map(tableOf(file, table)?.outbound.map(({ from, to }) => [from.text, to.text]));
    const values = target.writable.get(path)?.values ?? [];
    expect(values.length).toBeGreaterThan(0);
    expect(values.map((value) => rows.get(value))).toEqual(values);
  });

  it.each([
    ["salesforce.invitation-lead.yaml", "industry"],
    ["hubspot.deal.yaml", "industry"],
  ])("of %s bring every industry of AWS back but Other: %s", (file, table) => {
    const loaded = load(join(folder, file));
    const inbound = (loaded.document ?? loaded.invitation)?.tables.find(({ name }) => name.text === table)?.inbound;
    const known = new Set(inbound?.map(({ from }) => from.text));
    const industries = target.writable.get("Customer.Account.Industry")?.values ?? [];
    expect(industries.filter((value) => !known.has(value) && value !== "Other")).toEqual([]);
  });
});

describe("the properties and fields that Cosell adds are documented", () => {
  const namesIn = (snapshot: string) =>
    Object.values(snapshotOf(join(folder, "snapshots", snapshot)).objects).flatMap(({ fields }) =>
      fields.map(({ name }) => name),
    );

  it("in HubSpot", () => {
    const text = readFileSync(join(documentation, "hubspot-properties.md"), "utf8");
    const own = namesIn("hubspot.deals.json").filter((name) => name.startsWith("aws_"));
    expect(own.length).toBeGreaterThan(0);
    expect(own.filter((name) => !text.includes(`\`${name}\``))).toEqual([]);
  });

  it("in Pipedrive", () => {
    const text = readFileSync(join(documentation, "pipedrive-fields.md"), "utf8");
    const own = namesIn("pipedrive.deals.json").filter((name) => /^aws_(?!.*_currency$)/.test(name));
    expect(own.length).toBeGreaterThan(0);
    expect(own.filter((name) => !text.includes(`\`${name}\``))).toEqual([]);
  });

  it("on Salesforce's Lead", () => {
    const text = readFileSync(join(documentation, "salesforce-fields.md"), "utf8").split("## Lead")[1] ?? "";
    const own = namesIn("salesforce.Lead.json").filter((name) => name.endsWith("__c"));
    expect(own.length).toBeGreaterThan(0);
    expect(own.filter((name) => !text.includes(`\`${name}\``))).toEqual([]);
  });
});
