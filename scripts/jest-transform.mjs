// Jest runs the TypeScript sources as they are: types are stripped in place, so positions stay right without source maps.
import { stripTypeScriptTypes } from "node:module";

export default {
  process: (source, path) => ({
    code: path.endsWith(".json") ? source : stripTypeScriptTypes(source, { mode: "strip", sourceUrl: path }),
  }),
};
