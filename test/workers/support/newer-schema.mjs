// Preloaded into a process that is to be of the next version: it knows one more step of the state's schema.
// `NEWER_SCHEMA` is `adds` (older processes may work on beside it) or `breaks`.
const { migrations } = await import("../../../packages/state/src/migrations.ts");
migrations.push({
  name: "a-later-step",
  olderMayWork: process.env.NEWER_SCHEMA === "adds",
  up: async (schema) => {
    await schema.alterTable("links").addColumn("a_later_column", "text").execute();
    await schema.createTable("a_later_table").addColumn("id", "text").execute();
  },
});
