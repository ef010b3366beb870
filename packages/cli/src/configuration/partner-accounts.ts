import { Secret } from "@cosell/connector";
import type { Finding } from "@cosell/core";
import type { PartnerAccount } from "./configuration.ts";
import type { RawAccount, RawConfiguration } from "./schema.ts";
import { closest } from "./suggestion.ts";
import type { YamlPath, YamlSource } from "./yaml-source.ts";

/** The partner accounts of a configuration, and which of them each sync is for. */
export interface PartnerAccounts {
  /** By name; the single form has one without a name. */
  readonly accounts: readonly PartnerAccount[];
  /** The account of a sync; `undefined` when that cannot be said, which is a finding already. */
  accountOf(sync: string): PartnerAccount | undefined;
  /** Secrets in plain, to be hidden in logs. */
  readonly secrets: readonly string[];
}

/** Reads `partnerCentral` or `partnerCentrals`; what is wrong goes to `findings`. */
export function partnerAccounts(source: YamlSource, raw: RawConfiguration, findings: Finding[]): PartnerAccounts {
  const { partnerCentral, partnerCentrals } = raw;
  const refuse = (path: YamlPath, code: string, message: string, suggestion?: string): void =>
    void findings.push(
      source.finding(
        path,
        { severity: "error", code, message, ...(suggestion !== undefined && { suggestion }) },
        "key",
      ),
    );
  if (partnerCentral !== undefined && partnerCentrals !== undefined) {
    refuse(
      ["partnerCentrals"],
      "two-forms",
      "Write `partnerCentral` for one account, or `partnerCentrals` for several.",
    );
  } else if (partnerCentral === undefined && Object.keys(partnerCentrals ?? {}).length === 0) {
    refuse([], "missing-key", '"partnerCentral" is missing: it says which catalog of AWS is meant.');
  }
  const named = Object.entries(partnerCentrals ?? {});
  const listed: readonly (readonly [string | undefined, RawAccount, YamlPath])[] =
    partnerCentral === undefined
      ? named.map(([name, account]) => [name, account, ["partnerCentrals", name]] as const)
      : [[undefined, partnerCentral, ["partnerCentral"]]];
  for (const [, account, path] of listed) refuseHalfCredentials(account, path, refuse);
  const accounts = listed.map(([name, account]) => accountOf(name, account));
  const names = named.map(([name]) => name);
  const bySync = new Map<string, PartnerAccount>();
  for (const [sync, { partnerCentral: wanted }] of Object.entries(raw.syncs)) {
    if (partnerCentral !== undefined && partnerCentrals !== undefined) break;
    const path = ["syncs", sync, "partnerCentral"];
    const [only, ...others] = accounts;
    if (wanted === undefined) {
      if (only !== undefined && others.length === 0) bySync.set(sync, only);
      else if (only !== undefined) {
        refuse(path, "missing-key", `"syncs.${sync}.partnerCentral" is missing: there are ${names.join(", ")}.`);
      }
      continue;
    }
    const account = accounts.find(({ name }) => name === wanted);
    if (account !== undefined) bySync.set(sync, account);
    else {
      const known = names.length === 0 ? "none is named under `partnerCentrals`" : `there is ${names.join(", ")}`;
      refuse(
        path,
        "unknown-partner-central",
        `No partner account is called "${wanted}"; ${known}.`,
        closest(wanted, names),
      );
    }
  }
  return {
    accounts,
    accountOf: (sync) => bySync.get(sync),
    secrets: listed.flatMap(([, { secretAccessKey, sessionToken }]) =>
      [secretAccessKey, sessionToken].filter((value) => value !== undefined),
    ),
  };
}

function refuseHalfCredentials(
  { profile, accessKeyId, secretAccessKey, sessionToken }: RawAccount,
  path: YamlPath,
  refuse: (path: YamlPath, code: string, message: string) => void,
): void {
  const keys = accessKeyId !== undefined || secretAccessKey !== undefined || sessionToken !== undefined;
  if (keys && profile !== undefined) {
    refuse([...path, "profile"], "two-credentials", "Give a `profile` or access keys, not both.");
  }
  if (keys && (accessKeyId === undefined || secretAccessKey === undefined)) {
    refuse(path, "missing-key", `"${path.join(".")}": accessKeyId and secretAccessKey go together.`);
  }
}

function accountOf(name: string | undefined, raw: RawAccount): PartnerAccount {
  const { accessKeyId, secretAccessKey, sessionToken, ...settings } = raw;
  if (accessKeyId === undefined || secretAccessKey === undefined) return { name, ...settings };
  return {
    name,
    ...settings,
    credentials: {
      accessKeyId,
      secretAccessKey: new Secret(secretAccessKey),
      ...(sessionToken !== undefined && { sessionToken: new Secret(sessionToken) }),
    },
  };
}
