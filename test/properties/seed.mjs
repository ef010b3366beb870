// Before every test file: property tests draw the same cases on every run, so that a change is judged by what it changes.
// `COSELL_PROPERTY_SEED=random` looks further; a number plays a failure again.
import fc from "fast-check";

const seed = process.env.COSELL_PROPERTY_SEED ?? "20261121";
if (seed !== "random") {
  if (!/^-?\d+$/.test(seed)) throw new Error(`COSELL_PROPERTY_SEED is "${seed}": give a whole number, or "random".`);
  fc.configureGlobal({ seed: Number(seed) });
}
