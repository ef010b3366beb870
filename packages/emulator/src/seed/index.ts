export { loadSeed } from "./load-seed.ts";
export { seedSolutions } from "./scenarios.ts";
