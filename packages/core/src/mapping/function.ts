import type { MappingFunction } from "@cosell/connector";

/** A connector's functions by the name that a mapping calls. */
export type MappingFunctions = Readonly<Record<string, MappingFunction>>;
