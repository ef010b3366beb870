// Preloaded into a process whose clock is to jump: `CLOCK_JUMP` is `<after ms>:<by ms>`.
const [after, by] = (process.env.CLOCK_JUMP ?? "0:0").split(":").map(Number);
const Real = Date;
const begun = performance.now();
const offset = () => (performance.now() - begun >= after ? by : 0);
globalThis.Date = class extends Real {
  constructor(...given) {
    super(...(given.length === 0 ? [Real.now() + offset()] : given));
  }
  static now() {
    return Real.now() + offset();
  }
};
