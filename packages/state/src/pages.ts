const pageSize = 500;

/** Walks rows by their position, a page at a time: memory holds one page, and a row that is written meanwhile comes at most once. */
export async function* pagesOf<Row extends { readonly position: number }>(
  read: (after: number, limit: number) => Promise<readonly Row[]>,
): AsyncGenerator<readonly Row[]> {
  let after = 0;
  for (;;) {
    const rows = await read(after, pageSize);
    if (rows.length > 0) yield rows;
    const last = rows.at(-1);
    if (last === undefined || rows.length < pageSize) return;
    after = last.position;
  }
}

/** As {@link pagesOf}, row by row. */
export async function* pages<Row extends { readonly position: number }>(
  read: (after: number, limit: number) => Promise<readonly Row[]>,
): AsyncGenerator<Row> {
  for await (const rows of pagesOf(read)) yield* rows;
}
