import { type Dialect, type SelectModifierNode, type SqliteDatabase, SqliteDialect, SqliteQueryCompiler } from "kysely";

/** Leaves out row locks: a transaction that writes has the whole file. */
class WithoutRowLocks extends SqliteQueryCompiler {
  protected override visitSelectModifier(node: SelectModifierNode): void {
    if (node.modifier !== "ForNoKeyUpdate" && node.modifier !== "SkipLocked") super.visitSelectModifier(node);
  }
}

/** Kysely's dialect for SQLite over our connection. */
export const sqliteDialect = (database: SqliteDatabase): Dialect => {
  const dialect = new SqliteDialect({ database });
  return {
    createAdapter: () => dialect.createAdapter(),
    createDriver: () => dialect.createDriver(),
    createIntrospector: (queries) => dialect.createIntrospector(queries),
    createQueryCompiler: () => new WithoutRowLocks(),
  };
};
