import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { type EmulatedCompany, startEmulatedCompany } from "./__fixtures__/emulated-company.ts";

let emulated: EmulatedCompany;
beforeEach(async () => {
  emulated = await startEmulatedCompany();
});
afterEach(() => emulated.close());

const object = "deals";
const operationsSince = (start: number): readonly string[] =>
  emulated.emulators.requests.since(start).map(({ operation }) => operation);

describe("read", () => {
  it("gives a deal with its organization, person and owner, by names and labels, in one call for each", async () => {
    const { company, connection, emulators } = emulated;
    const key = (name: string): string => company.keyOf("deals", name);
    company.putUser({ id: 202, name: "Dana van Dyke", email: "dana@example.com", active: true });
    const address = {
      value: "1 Main St, Springfield",
      route: "Main St",
      locality: "Springfield",
      country: "United States",
    };
    const org = company.create("organizations", { name: "Octank", address });
    const emails = [{ value: "home@example.com" }, { value: "work@example.com", primary: true }];
    const person = company.create("persons", { name: "Kim Ito", emails, org_id: org });
    const options = (name: string): readonly number[] =>
      (
        company
          .schema()
          .object("deals")
          .fields.find((field) => field.name === name)?.options ?? []
      ).map(({ id }) => Number(id));
    const refs = Array.from({ length: 3 }, (_, number) =>
      String(
        company.create("deals", {
          ...{ title: `Data lake ${number}`, org_id: org, person_id: person, owner_id: 202 },
          custom_fields: {
            [key("AWS Co-Sell")]: options("AWS Co-Sell")[0],
            [key("AWS Delivery Models")]: options("AWS Delivery Models").slice(0, 2),
            [key("AWS Monthly Spend")]: { value: 1200.5, currency: "EUR" },
          },
        }),
      ),
    );
    const fields = [
      ...[
        "id",
        "stage",
        "status",
        "aws_co_sell",
        "aws_delivery_models",
        "aws_monthly_spend",
        "aws_monthly_spend_currency",
      ],
      ...[
        "organization.name",
        "organization.address",
        "organization.address_locality",
        "person.email",
        "person.last_name",
      ],
      ...["owner.first_name", "owner.last_name", "person.organization.name", "organization.website"],
    ];
    await connection.read({ object, refs, fields });
    const start = emulators.requests.last;
    const [read] = await connection.read({ object, refs, fields });
    expect(read).toMatchObject({
      status: "found",
      changed: { at: "2026-03-02T09:30:15.000Z" },
      record: {
        ...{ id: refs[0], stage: "Qualified", status: "open", aws_co_sell: "Yes" },
        ...{
          aws_delivery_models: "SaaS or PaaS;BYOL or AMI",
          aws_monthly_spend: 1200.5,
          aws_monthly_spend_currency: "EUR",
        },
        organization: { name: "Octank", address: address.value, address_locality: "Springfield", website: null },
        person: { email: "work@example.com", last_name: "Ito", organization: { name: "Octank" } },
        owner: { first_name: "Dana", last_name: "van Dyke" },
      },
    });
    expect(operationsSince(start)).toEqual(["deals.list", "organizations.list", "persons.list", "organizations.list"]);
  });

  it("gives null for an organization that was deleted, or that there never was", async () => {
    const { company, connection } = emulated;
    const org_id = company.create("organizations", { name: "Octank" });
    const refs = [company.create("deals", { title: "One", org_id }), company.create("deals", { title: "Two" })].map(
      String,
    );
    company.remove("organizations", org_id);
    const records = await connection.read({ object, refs, fields: ["organization.name"] });
    expect(records).toMatchObject([{ record: { organization: null } }, { record: { organization: null } }]);
  });

  it("gives an owner who has just come, and does not ask again for one who is nobody", async () => {
    const { company, connection, emulators } = emulated;
    company.load({ records: { deals: [{ id: 1, title: "Data lake", owner_id: 999 }] } });
    const read = async (): Promise<unknown> =>
      (await connection.read({ object, refs: ["1"], fields: ["owner.email"] }))[0];
    expect(await read()).toMatchObject({ record: { owner: null } });
    const start = emulators.requests.last;
    await read();
    expect(operationsSince(start)).toEqual(["deals.list"]);
    company.putUser({ id: 303, name: "Max Ito", email: "max@example.com", active: true });
    company.edit("deals", 1, { owner_id: 303 });
    expect(await read()).toMatchObject({ record: { owner: { email: "max@example.com" } } });
  });

  it("finds an archived deal, which the list of deals leaves out", async () => {
    const { company, connection } = emulated;
    const id = company.create("deals", { title: "Data lake" });
    company.edit("deals", id, { is_archived: true });
    expect(await connection.read({ object, refs: [String(id)], fields: ["title", "is_archived"] })).toMatchObject([
      { status: "found", record: { title: "Data lake", is_archived: true } },
    ]);
  });

  it("tells a deleted deal until Pipedrive forgets it", async () => {
    const { company, connection, advance } = emulated;
    const ref = String(company.create("deals", { title: "Data lake" }));
    company.remove("deals", Number(ref));
    const statusOf = async (): Promise<string | undefined> =>
      (await connection.read({ object, refs: [ref], fields: [] }))[0]?.status;
    expect(await statusOf()).toBe("deleted");
    advance(31 * 24 * 3_600_000);
    expect(await statusOf()).toBe("missing");
  });

  it("gives another version for each of two changes within one second, which share a stamp", async () => {
    const { company, connection } = emulated;
    const id = company.create("deals", { title: "One" });
    const versionOf = async (): Promise<string> => {
      const [read] = await connection.read({ object, refs: [String(id)], fields: [] });
      return read?.status === "found" ? read.version : "";
    };
    const versions = [await versionOf()];
    for (const title of ["Two", "Three"]) {
      company.edit("deals", id, { title });
      versions.push(await versionOf());
    }
    expect(new Set(versions).size).toBe(3);
    expect(new Set(versions.map((version) => version.split(" ")[0])).size).toBe(1);
  });
});
