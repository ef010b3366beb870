export default {
  testMatch: ["<rootDir>/{packages,connectors}/*/src/**/*.test.ts", "<rootDir>/test/**/*.test.ts"],
  testPathIgnorePatterns: ["/node_modules/", "/dist/"],
  modulePathIgnorePatterns: ["/dist/"],
  extensionsToTreatAsEsm: [".ts"],
  transform: { "\\.ts$": "<rootDir>/scripts/jest-transform.mjs" },
  testEnvironmentOptions: { customExportConditions: ["cosell-source", "node", "node-addons", "default"] },
  globalSetup: "<rootDir>/test/observer/start.mjs",
  globalTeardown: "<rootDir>/test/observer/end.mjs",
  setupFiles: ["<rootDir>/test/properties/seed.mjs"],
  maxWorkers: 2,
  testTimeout: 30_000,
};
