import { inspect } from "node:util";

const hidden = "[secret]";

/**
 * A value that must never be printed: a token, a private key, a password. Printing, logging or serialising it gives
 * `[secret]`; only {@link Secret.reveal} gives the value, and is called where the value is sent.
 */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The value itself. Call it at the last moment, and never keep the result. */
  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return hidden;
  }

  toJSON(): string {
    return hidden;
  }

  [inspect.custom](): string {
    return hidden;
  }
}
