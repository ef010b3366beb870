import { Problem } from "../problem.ts";
import { arithmetic } from "./arithmetic.ts";

/** `{ divide: 12 }`: a year's amount per month. Exact to 12 places. */
export const divide = arithmetic((value, divisor) =>
  divisor.eq(0) ? new Problem("division-by-zero", "cannot be divided by 0") : value.div(divisor),
);
