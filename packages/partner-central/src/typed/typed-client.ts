import type { JsonObject } from "@cosell/connector";
import type { ServiceName } from "../model/services.ts";
import { pagesOf } from "../pages.ts";
import type { CallCounts, CallOptions, Catalog } from "../partner-central.ts";
import type { ServiceCaller } from "../service-caller.ts";
import type { InputAndOutput } from "./sdk-operations.ts";
import type { Answer, Input } from "./wire.ts";

/** Operations of one API, by name. */
type Operations<Names> = Readonly<Record<keyof Names, InputAndOutput>>;

/** The operations whose answers come in pages. */
export type ListOf<All extends Operations<All>> = {
  [Name in keyof All]: "NextToken" extends keyof All[Name][0] ? Name : never;
}[keyof All] &
  string;

/** What the pages of a list hold: the items of the one list of its answer. */
export type ItemOf<AnswerOfList> = {
  [Member in keyof AnswerOfList]-?: NonNullable<AnswerOfList[Member]> extends readonly (infer Item)[] ? Item : never;
}[keyof AnswerOfList];

/**
 * One API of Partner Central, with the types of every operation. Every call passes the quota gate, is made once (no retry
 * inside), and throws `FailureError` only.
 */
export interface TypedClient<All extends Operations<All>> {
  readonly catalog: Catalog;
  readonly calls: CallCounts;
  /** One operation, with the types of its input and answer. `Catalog` is filled in where the operation has one. */
  call<Name extends keyof All & string>(
    operation: Name,
    input: Input<All[Name][0]>,
    options?: CallOptions,
  ): Promise<Answer<All[Name][1]>>;
  /** A list page by page, until AWS names no next one. */
  pages<Name extends ListOf<All>>(
    operation: Name,
    input: Omit<Input<All[Name][0]>, "NextToken">,
    options?: CallOptions,
  ): AsyncIterable<readonly ItemOf<Answer<All[Name][1]>>[]>;
  close(): void;
}

/** Puts types on calls by name. */
export function typedClient<All extends Operations<All>>(
  caller: ServiceCaller,
  service: ServiceName,
  catalog: Catalog,
): TypedClient<All> {
  return {
    catalog,
    get calls() {
      return caller.calls();
    },
    call: caller.call as unknown as TypedClient<All>["call"],
    pages: ((operation: string, input: JsonObject, options?: CallOptions) =>
      pagesOf(
        operation,
        input,
        (body) => caller.call(operation, body, options),
        service,
      )) as unknown as TypedClient<All>["pages"],
    close: caller.close,
  };
}
