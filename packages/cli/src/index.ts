// The command is this package's face: `bin/cosell.js`. It offers nothing to import.
export {};
