/**
 * A type of AWS's SDK as it is on the wire: instants are texts (with every digit that AWS sends), a member that has no
 * value may be null.
 */
export type Wire<Type> = Type extends Date
  ? string
  : Type extends readonly (infer Item)[]
    ? readonly Wire<Item>[]
    : Type extends object
      ? { readonly [Member in keyof Type]: Wire<Type[Member]> }
      : Type;

/** An answer: everything may be missing, whatever the model says. */
export type Answer<Output> = { readonly [Member in keyof Omit<Output, "$metadata">]?: Wire<Output[Member]> | null };

/**
 * An input. The catalog is the client's own, and a client token, where the operation takes one, has to be given: one that
 * the caller keeps makes a repeated call the same call.
 */
export type Input<Asked> = Wire<Omit<Asked, "Catalog" | "ClientToken">> &
  ("ClientToken" extends keyof Asked ? { readonly ClientToken: string } : unknown);
