import type { Terminal } from "./terminal.ts";

/** One JSON document that is written while its list is still growing. */
export interface JsonList {
  /** Adds an item to the list. */
  add(item: unknown): void;
  /** Ends the document with further members, such as a summary or an error. */
  end(members: Readonly<Record<string, unknown>>): void;
}

/** `{ …head, "<name>": [ … ], …members }`, item by item: a long list is never held in memory. */
export function startJsonList(terminal: Terminal, name: string, head: Readonly<Record<string, unknown>>): JsonList {
  let items = 0;
  const members = (values: Readonly<Record<string, unknown>>): string[] =>
    Object.entries(values).map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`);
  terminal.write(`{ ${[...members(head), `${JSON.stringify(name)}: [`].join(", ")}`);
  return {
    add: (item) => {
      terminal.write(`${items === 0 ? "\n" : ",\n"}${JSON.stringify(item)}`);
      items += 1;
    },
    end: (values) => terminal.write(`\n], ${members(values).join(", ")} }\n`),
  };
}
