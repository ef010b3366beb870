/** What one operation takes and gives, in the types of AWS's SDK. */
export type InputAndOutput = readonly [input: unknown, output: unknown];

/** What every operation of one of AWS's SDK clients takes and gives, by its name: read off the SDK's commands. */
export type SdkOperations<Sdk> = {
  readonly [Key in keyof Sdk as OperationIn<Key>]: Sdk[Key] extends abstract new (...given: never[]) => infer Command
    ? Command extends SdkCommand<infer Asked, infer Output>
      ? readonly [Asked, Output]
      : never
    : never;
};

/** `GetOpportunityCommand` is GetOpportunity; `$Command` is what they are all made of. */
type OperationIn<Key> = Key extends `${infer Name}Command` ? (Name extends "$" ? never : Name) : never;

interface SdkCommand<Asked, Output> {
  readonly input: Asked;
  resolveMiddleware(...given: never[]): (...given: never[]) => Promise<{ readonly output: Output }>;
}
