const batchSize = 500;

/** Parts small enough for one statement: databases bound the number of its parameters (SQLite 32,766, PostgreSQL 65,535). */
export const batches = <Item>(items: readonly Item[]): readonly (readonly Item[])[] =>
  Array.from({ length: Math.ceil(items.length / batchSize) }, (_, index) =>
    items.slice(index * batchSize, (index + 1) * batchSize),
  );
