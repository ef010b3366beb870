import type * as Sdk from "@aws-sdk/client-partnercentral-selling";
import type { SdkOperations } from "../typed/sdk-operations.ts";
import type { ItemOf, ListOf, TypedClient } from "../typed/typed-client.ts";
import type { Answer, Input } from "../typed/wire.ts";

type Operations = SdkOperations<typeof Sdk>;

/** The name of an operation of the Selling API. */
export type SellingOperation = keyof Operations;

/** What an operation takes. */
export type SellingInput<Name extends SellingOperation> = Input<Operations[Name][0]>;

/** What an operation gives. */
export type SellingAnswer<Name extends SellingOperation> = Answer<Operations[Name][1]>;

/** The name of a list that comes in pages. */
export type SellingList = ListOf<Operations>;

/** One item of a list. */
export type SellingItem<Name extends SellingList> = ItemOf<SellingAnswer<Name>>;

/**
 * Partner Central Selling: all of its operations, with types. Answers are the JSON that AWS sent: unknown members, nulls and
 * every digit of an instant kept, HTML entities decoded.
 */
export type PartnerCentralSelling = TypedClient<Operations>;
