import { PartnerCentralAccount, type TaskDetails } from "@aws-sdk/client-partnercentral-account";
import { manualClock, type EmulatorClock, type JsonObject } from "../../kernel/index.ts";
import type { PartnerCentralSettings } from "../../partner-central/settings.ts";
import { startPartnerCentral, type RunningPartnerCentral } from "../../start-partner-central.ts";
import type { PartnerCentralAccountSettings } from "../settings.ts";

/** A started Partner Central with AWS's own Account client on it, as two partners, for the tests of this package. */
export interface EmulatedAccount extends RunningPartnerCentral {
  readonly clock: Required<EmulatorClock>;
  readonly one: PartnerCentralAccount;
  readonly two: PartnerCentralAccount;
  /** A call without SDK, signed as the first or second partner: the raw answer. */
  post(operation: string, body: JsonObject, as?: "one" | "two"): Promise<{ status: number; body: JsonObject }>;
  /** Has a code sent to the address and reads it as its owner would. */
  codeFor(client: PartnerCentralAccount, email: string): Promise<string>;
  /** Creates a partner and gives its id. */
  partner(client: PartnerCentralAccount, name: string): Promise<string>;
  /** Creates a partner whose profile is published: it can be invited and invite. Gives its id. */
  published(client: PartnerCentralAccount, name: string): Promise<string>;
}

export const Catalog = "Sandbox";

/** The two partner accounts of the default settings. */
export const accounts = { one: "111122223333", two: "444455556666" } as const;

/** A profile that AWS takes. */
export const details: TaskDetails = {
  DisplayName: "Example Cloud",
  Description: "Moves shops to the cloud.",
  WebsiteUrl: "https://example.com",
  LogoUrl: "https://example.com/logo.png",
  PrimarySolutionType: "CONSULTING_SERVICES",
  IndustrySegments: ["RETAIL"],
  TranslationSourceLocale: "en-US",
};

const keys = { one: "AKIACOSELLPARTNERONE", two: "AKIACOSELLPARTNERTWO" };

/** Starts one. The clock stands still at 2026-01-15T09:00:00Z. */
export async function emulateAccount(
  accountSettings: Partial<PartnerCentralAccountSettings> = {},
  settings: Partial<PartnerCentralSettings> = {},
): Promise<EmulatedAccount> {
  const clock = manualClock(Date.parse("2026-01-15T09:00:00Z"));
  const running = await startPartnerCentral({ clock, settings, accountSettings });
  const { url } = running.partnerCentralAccount;
  const clientOf = (accessKeyId: string): PartnerCentralAccount =>
    new PartnerCentralAccount({
      endpoint: url,
      region: "us-east-1",
      credentials: { accessKeyId, secretAccessKey: "not checked" },
      maxAttempts: 1,
    });
  const [one, two] = [clientOf(keys.one), clientOf(keys.two)];
  const codeFor: EmulatedAccount["codeFor"] = async (client, email) => {
    await client.sendEmailVerificationCode({ Catalog, Email: email });
    return running.partnerCentral.account.emailCode(email)?.code ?? "";
  };
  const partner: EmulatedAccount["partner"] = async (client, name) => {
    const Email = `lead@${name.toLowerCase().replaceAll(" ", "-")}.example.com`;
    const { Id = "" } = await client.createPartner({
      Catalog,
      LegalName: name,
      PrimarySolutionType: "CONSULTING_SERVICES",
      AllianceLeadContact: { FirstName: "Ada", LastName: "Lead", Email, BusinessTitle: "Alliances" },
      EmailVerificationCode: await codeFor(client, Email),
    });
    return Id;
  };
  return {
    ...running,
    clock,
    one,
    two,
    post: async (operation, body, as = "one") => {
      const scope = "20260115/us-east-1/partnercentral-account/aws4_request";
      const authorization = `AWS4-HMAC-SHA256 Credential=${keys[as]}/${scope}, SignedHeaders=host, Signature=${"0".repeat(64)}`;
      const response = await fetch(`${url}/${operation}`, {
        method: "POST",
        headers: { authorization },
        body: JSON.stringify(body),
      });
      return { status: response.status, body: (await response.json()) as JsonObject };
    },
    codeFor,
    partner,
    published: async (client, name) => {
      const Identifier = await partner(client, name);
      await client.startProfileUpdateTask({ Catalog, Identifier, TaskDetails: { ...details, DisplayName: name } });
      return Identifier;
    },
    close: async () => {
      one.destroy();
      two.destroy();
      await running.close();
    },
  };
}
