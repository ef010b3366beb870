import { FailureError, type JsonObject } from "@cosell/connector";
import type { PartnerCentralOptions } from "../create-partner-central.ts";
import { operationOf } from "../model/operations.ts";
import { createRawTransport } from "../raw-transport.ts";
import { createServiceCaller } from "../service-caller.ts";
import { accountSdk } from "./account-sdk.ts";
import { accountLists, type AccountItem, type AccountList } from "./operations.ts";
import type { PartnerCentralAccount } from "./partner-central-account.ts";

/**
 * A client of Partner Central Account. Without `credentials` AWS's own default chain finds them; without `endpoint` the
 * SDK's own settings (`AWS_ENDPOINT_URL_PARTNERCENTRAL_ACCOUNT`) and then AWS itself are used. Throws `FailureError`
 * (`config`) for an endpoint that is no address.
 */
export function createPartnerCentralAccount(options: PartnerCentralOptions): PartnerCentralAccount {
  const { catalog } = options;
  const caller = createServiceCaller(options, {
    name: "account",
    endpointSetting: "The endpoint of Partner Central Account",
    openTransport: () => createRawTransport(options, accountSdk),
    inputOf: (operation, given) => (hasCatalog(operation) ? { ...given, Catalog: catalog } : given),
    readAnswer: (body) => body,
  });

  async function* pages<Name extends AccountList>(
    ...[operation, input, callOptions]: Parameters<PartnerCentralAccount["pages"]>
  ): AsyncIterable<readonly AccountItem<Name>[]> {
    let token: unknown;
    do {
      const asked = { ...input, ...(typeof token === "string" && { NextToken: token }) } as JsonObject;
      const answer = await caller.call(operation, asked, callOptions);
      const items = answer[accountLists[operation]];
      yield (Array.isArray(items) ? items : []) as readonly AccountItem<Name>[];
      const next = answer["NextToken"];
      if (typeof next === "string" && next === token) {
        throw new FailureError({ kind: "bug", message: `AWS gives the same page of ${operation} again and again.` });
      }
      token = next;
    } while (typeof token === "string" && token !== "");
  }

  return {
    catalog,
    get calls() {
      return caller.calls();
    },
    call: caller.call as PartnerCentralAccount["call"],
    pages,
    close: caller.close,
  };
}

/** Verifications and tags belong to no catalog; an operation that the model does not know yet is taken to have one. */
function hasCatalog(operation: string): boolean {
  return operationOf(operation, "account")?.input.some(({ path }) => path === "Catalog") ?? true;
}
