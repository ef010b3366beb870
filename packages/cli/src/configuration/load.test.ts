import { describe, expect, it } from "@jest/globals";
import { join } from "node:path";
import { FindingsError } from "../failure/findings-error.ts";
import { inFolder } from "../testing/run-cosell.ts";
import { loadConfiguration } from "./load.ts";

const load = (text: string, environment: Record<string, string> = {}) =>
  inFolder({ "cosell.yaml": text, "map.yaml": "" }, async (folder) => ({
    folder,
    configuration: await loadConfiguration(join(folder, "cosell.yaml"), environment),
  }));

async function findings(text: string, environment: Record<string, string> = {}): Promise<readonly string[]> {
  try {
    await load(text, environment);
  } catch (error) {
    if (error instanceof FindingsError) {
      return error.findings.map(
        ({ line, column, code, suggestion }) =>
          `${line}:${column} ${code}${suggestion === undefined ? "" : ` ${suggestion}`}`,
      );
    }
    throw error;
  }
  return [];
}

const minimal = "version: 1\npartnerCentral: { catalog: Sandbox }\nconnections: {}\nsyncs: {}\n";

describe("loadConfiguration", () => {
  it("completes what is left out, with paths counted from the file", async () => {
    const { folder, configuration } = await load(minimal);
    expect(configuration.partnerCentral).toEqual({ catalog: "Sandbox", region: "us-east-1" });
    expect(configuration.state.url).toBe(`sqlite:${join(folder, ".cosell/state.db")}`);
  });

  it("finds everything at once, each at its place", async () => {
    const text = [
      "version: 2",
      "partnerCentral: { catlog: Sandbox, regoin: us-east-1 }",
      "stat: { url: 'sqlite:x' }",
      "connections: { crm: { connector: salesfroce } }",
      "syncs:",
      "  opportunities:",
      "    connection: crm",
      "    direction: up",
    ].join("\n");
    expect(await findings(text)).toEqual([
      "1:10 bad-value",
      "2:17 missing-key",
      "2:19 unknown-key catalog",
      "2:36 unknown-key region",
      "3:1 unknown-key state",
      "4:34 unknown-connector salesforce",
      "7:5 missing-key",
      "8:16 bad-value",
    ]);
  });

  it("takes a PostgreSQL database as the state, and hides its password in the log", async () => {
    const url = "postgres://cosell:hun%2Fter2@db.example.com/state?schema=one";
    const { configuration } = await load(`${minimal}\nstate: { url: !env COSELL_STATE_URL }`, {
      COSELL_STATE_URL: url,
    });
    expect(configuration.state.url).toBe(url);
    expect(configuration.secrets).toEqual(expect.arrayContaining(["hun%2Fter2", "hun/ter2"]));
    expect(await findings(`${minimal}\nstate: { url: "mysql://u@h/d" }`)).toEqual([expect.stringMatching(/bad-value/)]);
  });

  it("takes a value from a variable that begins with COSELL_", async () => {
    const { configuration } = await load(minimal.replace("Sandbox }", "!env COSELL_CATALOG }"), {
      COSELL_CATALOG: "AWS",
    });
    expect(configuration.partnerCentral.catalog).toBe("AWS");
  });

  it("refuses another variable, and tells one that is not set once only", async () => {
    const text = minimal.replace("Sandbox }", "!env COSELL_CATALOG, region: !env AWS_REGION, x: 1 }");
    expect(await findings(text, { AWS_REGION: "us-east-1" })).toEqual([
      "2:28 unresolved",
      "2:57 unresolved",
      "2:74 unknown-key",
    ]);
  });

  it("checks a connection as its connector wants it, and hides nothing behind a missing secret", async () => {
    const withConnection = (members: string): string =>
      minimal.replace("connections: {}", `connections: { crm: { connector: salesforce, ${members} } }`);
    expect(await findings(withConnection("instanceUrl: 'https://a.my.salesforce.com'"))).toEqual(["3:21 bad-value"]);
    const text = withConnection("accessToken: !env COSELL_TOKEN, instanceURL: 'https://a.my.salesforce.com'");
    expect(await findings(text)).toEqual(["3:59 unresolved", "3:78 unknown-key"]);
  });

  it("wraps secrets, and knows them for the log", async () => {
    const { configuration } = await load(
      minimal.replace(
        "connections: {}",
        "connections: { crm: { connector: salesforce, accessToken: !env COSELL_TOKEN, instanceUrl: 'https://a.my.salesforce.com' } }",
      ),
      { COSELL_TOKEN: "hush-hush" },
    );
    expect(configuration.secrets).toEqual(["hush-hush"]);
    expect(JSON.stringify(configuration.connections)).not.toContain("hush-hush");
  });

  it("tells a duplicate key and an unknown tag as what they are", async () => {
    expect(await findings(`${minimal}version: 1\n`)).toEqual(["5:1 yaml"]);
    expect(await findings(minimal.replace("Sandbox", "!secret Sandbox"))).toEqual(["2:28 unresolved"]);
  });

  it("names the connection that was meant and the mapping that is not there", async () => {
    const text = minimal.replace("syncs: {}", "syncs: { deals: { connection: crm, mapping: nowhere.yaml } }");
    expect(await findings(text)).toEqual(["4:31 unknown-connection", "4:45 missing-file"]);
  });

  it("says what to do when there is no file", async () => {
    await expect(loadConfiguration("/nowhere/cosell.yaml", {})).rejects.toMatchObject({ failure: { kind: "config" } });
  });

  describe("several partner accounts", () => {
    const several = (
      syncs: string,
      accounts = "first: { catalog: AWS, profile: one }, second: { catalog: Sandbox }",
    ): string =>
      [
        "version: 1",
        `partnerCentrals: { ${accounts} }`,
        "connections: { crm: { connector: salesforce, accessToken: x, instanceUrl: 'https://a.my.salesforce.com' } }",
        `syncs: { ${syncs} }`,
      ].join("\n");
    const sync = (more: string): string => `deals: { connection: crm, mapping: map.yaml${more} }`;

    it("each sync says which one it is for", async () => {
      const { configuration } = await load(several(sync(", partnerCentral: second")));
      expect(configuration.syncs["deals"]?.partnerCentral).toMatchObject({ name: "second", catalog: "Sandbox" });
      expect(configuration.partnerCentrals.map(({ name, profile }) => [name, profile])).toEqual([
        ["first", "one"],
        ["second", undefined],
      ]);
    });

    it("the single form is every sync's account", async () => {
      const text = several(sync("")).replace(/partnerCentrals: .*/, "partnerCentral: { catalog: Sandbox }");
      const { configuration } = await load(text);
      expect(configuration.syncs["deals"]?.partnerCentral).toEqual(configuration.partnerCentral);
    });

    it("keeps their keys secret, and knows them for the log", async () => {
      const account = "only: { catalog: AWS, accessKeyId: AKIA1, secretAccessKey: !env COSELL_KEY }";
      const { configuration } = await load(several(sync(""), account), { COSELL_KEY: "hush-hush" });
      expect(configuration.secrets).toContain("hush-hush");
      expect(JSON.stringify(configuration.partnerCentrals)).not.toContain("hush-hush");
    });

    it.each([
      ["which one is not said", several(sync("")), ["4:17 missing-key"]],
      [
        "one is named that is not there",
        several(sync(", partnerCentral: secnd")),
        ["4:55 unknown-partner-central second"],
      ],
      [
        "both forms are there",
        `${several(sync(", partnerCentral: first"))}\npartnerCentral: { catalog: AWS }`,
        ["2:1 two-forms"],
      ],
      ["none is there", several("", ""), ["1:1 missing-key"]],
      ["keys are half there", several("", "one: { catalog: AWS, accessKeyId: A }"), ["2:20 missing-key"]],
      [
        "two kinds of credentials",
        several("", "one: { catalog: AWS, profile: p, accessKeyId: A, secretAccessKey: B }"),
        ["2:41 two-credentials"],
      ],
      ["a key is misspelt", several("", "one: { catlog: AWS }"), ["2:25 missing-key", "2:27 unknown-key catalog"]],
    ])("says what is wrong when %s", async (_, text, expected) => {
      expect(await findings(text)).toEqual(expected);
    });
  });
});
