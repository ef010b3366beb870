/**
 * A type of AWS's SDK as it is on the wire: instants are texts (with every digit that AWS sends), and what may be missing may
 * be null. AWS sends nulls for what has no value; a null that is sent removes a value that an update would keep.
 */
export type Wire<Type> = Type extends Date
  ? string
  : Type extends keyof BeyondEnums
    ? Type | BeyondEnums[Type]
    : Type extends readonly (infer Item)[]
      ? readonly Wire<Item>[]
      : Type extends object
        ? { readonly [Member in keyof Type]: Wire<Type[Member]> | (undefined extends Type[Member] ? null : never) }
        : Type;

/** What AWS takes and gives beside a value of its own list: the types' part of `valuesBeyondEnums`. */
interface BeyondEnums {
  /** Of a spend that is a contract's total value. */
  readonly Monthly: "None";
  readonly "Co-Sell - Architectural Validation": "Do Not Need Support from AWS Sales Rep";
}

/** An answer: everything may be missing, whatever the model says. */
export type Answer<Output> = { readonly [Member in keyof Omit<Output, "$metadata">]?: Wire<Output[Member]> | null };

/**
 * An input. The catalog is the client's own, and a client token, where the operation takes one, has to be given: one that
 * the caller keeps makes a repeated call the same call.
 */
export type Input<Asked> = Wire<Omit<Asked, "Catalog" | "ClientToken">> &
  ("ClientToken" extends keyof Asked ? { readonly ClientToken: string } : unknown);
