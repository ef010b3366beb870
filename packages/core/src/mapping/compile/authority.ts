import type { MappingDocument } from "../document.ts";
import type { CompiledMapping } from "../mapping.ts";

/** Who wins a true conflict about a path: what is said about it, else about what it is in, else the default. */
export function authorityOf({ entries, default: usual }: MappingDocument["authority"]): CompiledMapping["authorityOf"] {
  const said = new Map(entries.map(({ path, authority }) => [path.text, authority]));
  return (path) => {
    for (let part = path; part !== ""; part = part.slice(0, Math.max(0, part.lastIndexOf(".")))) {
      const authority = said.get(part);
      if (authority !== undefined) return authority;
    }
    return usual;
  };
}
