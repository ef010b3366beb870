import * as accountClient from "@aws-sdk/client-partnercentral-account";
import * as sellingClient from "@aws-sdk/client-partnercentral-selling";
import type { JsonObject } from "@cosell/connector";
import { services, type Service, type ValidationCode } from "@cosell/partner-central/model";
import { accountLists, accountPreparations, anotherProfile } from "./account-preparations.ts";
import { sellingLists, sellingPreparations, type Preparation } from "./selling-preparations.ts";
import type { PreparedWorld } from "./world.ts";

/** AWS's client of one service: sends any operation by name. */
export interface OfficialClient {
  send(operation: string, input: JsonObject): Promise<object>;
  destroy(): void;
}

/** One entry of a refusal's list. */
export interface RefusedField {
  readonly field: string | undefined;
  readonly code: string | undefined;
}

/** All that the generated tests need to know of a service. */
export interface TestedService {
  readonly service: Service;
  readonly preparations: Readonly<Record<string, Preparation>>;
  readonly lists: Readonly<Record<string, Preparation>>;
  /** A change of the smallest request, of operations that work on nothing that a second preparation would make anew. */
  readonly otherBodies: Readonly<Record<string, JsonObject>>;
  /** Lists that have one row at most, whatever is made. */
  readonly singleRows: readonly string[];
  /** What an account does once, or once at a time: a second call is refused whatever its token. */
  readonly onlyOnce: readonly string[];
  /** Members that every operation has alike, by name: values that the model's pattern alone does not tell. */
  readonly given: Readonly<Record<string, string>>;
  urlOf(world: PreparedWorld): string;
  clientOf(url: string): OfficialClient;
  /** How the service spells a code of the Selling API. */
  codeOf(code: ValidationCode): string;
  /** The fields that a ValidationException names, from its JSON or from the client's exception. */
  refusedFields(refusal: JsonObject): readonly RefusedField[];
}

const options = (url: string) => ({
  endpoint: url,
  region: "us-east-1",
  credentials: { accessKeyId: "AKIACOSELLPARTNERONE", secretAccessKey: "not checked" },
  maxAttempts: 1,
});

/** Sends any operation by name. One that the client's release does not know yet is sent as a plain request. */
async function sendBy(
  client: { send(command: never): Promise<object> },
  commands: object,
  url: string,
  operation: string,
  input: JsonObject,
): Promise<object> {
  const Command = (commands as Record<string, new (input: JsonObject) => never>)[`${operation}Command`];
  if (Command !== undefined) return client.send(new Command(input));
  const response = await fetch(`${url}/${operation}`, { method: "POST", body: JSON.stringify(input) });
  const { __type: type = "", ...members } = (await response.json()) as JsonObject & { readonly __type?: string };
  if (response.ok) return { ...members, $metadata: { httpStatusCode: response.status } };
  throw Object.assign(new Error(operation), members, { name: type.replace(/^.*#/, "") });
}

/** The services whose operations are tested: a new one is a row. */
export const testedServices: readonly TestedService[] = [
  {
    service: services.selling,
    preparations: sellingPreparations,
    lists: sellingLists,
    otherBodies: { CreateEngagement: { Title: "Another" }, CreateOpportunity: { NationalSecurity: "No" } },
    singleRows: [],
    onlyOnce: [],
    given: {
      Catalog: "Sandbox",
      ResourceArn: `arn:aws:partnercentral:us-east-1:111122223333:catalog/Sandbox/opportunity/O1`,
    },
    urlOf: ({ running }) => running.url,
    clientOf: (url) => {
      const client = new sellingClient.PartnerCentralSellingClient(options(url));
      return {
        send: (operation, input) => sendBy(client, sellingClient, url, operation, input),
        destroy: () => client.destroy(),
      };
    },
    codeOf: (code) => code,
    refusedFields: ({ ErrorList }) =>
      ((ErrorList ?? []) as readonly { readonly FieldName?: string; readonly Code?: string }[]).map(
        ({ FieldName, Code }) => ({ field: FieldName, code: Code }),
      ),
  },
  {
    service: services.account,
    preparations: accountPreparations,
    lists: accountLists,
    otherBodies: {
      CreatePartner: { LegalName: "Another" },
      StartProfileUpdateTask: { TaskDetails: anotherProfile },
      StartVerification: {
        VerificationDetails: {
          BusinessVerificationDetails: { LegalName: "Northwind Ltd", RegistrationId: "12345678", CountryCode: "US" },
        },
      },
    },
    singleRows: ["ListPartners"],
    onlyOnce: ["CreatePartner", "StartProfileUpdateTask"],
    given: {
      Catalog: "Sandbox",
      ResourceArn: "arn:aws:partnercentral:us-east-1:111122223333:catalog/Sandbox/partner/partner-abcdefghijklm",
    },
    urlOf: ({ running }) => running.partnerCentralAccount.url,
    clientOf: (url) => {
      const client = new accountClient.PartnerCentralAccountClient(options(url));
      return {
        send: (operation, input) => sendBy(client, accountClient, url, operation, input),
        destroy: () => client.destroy(),
      };
    },
    codeOf: (code) => (["NOT_ENOUGH_VALUES", "VALUE_OUT_OF_RANGE"].includes(code) ? "INVALID_VALUE" : code),
    refusedFields: ({ ErrorDetails }) =>
      (
        (ErrorDetails ?? []) as readonly {
          readonly FieldValidationError?: { readonly Name?: string; readonly Code?: string };
        }[]
      ).map(({ FieldValidationError: error }) => ({ field: error?.Name, code: error?.Code })),
  },
];
