// HashiCorp's own HCL parser, as @cdktf/hcl2json compiles it to WebAssembly: `node hcl2json.cjs FOLDER`,
// where the package is installed in FOLDER. Answers lines of ["file", TEXT] or ["expression", TEXT] with lines of
// {"value": …} or {"error": …}.
const path = require("node:path");
const readline = require("node:readline");
const { createRequire } = require("node:module");

const { parse, getExpressionAst } = createRequire(path.join(path.resolve(process.argv[2]), "x.js"))("@cdktf/hcl2json");

async function answer(line) {
  const [kind, text] = JSON.parse(line);
  try {
    return { value: await (kind === "file" ? parse("main.tf", text) : getExpressionAst("main.tf", text)) };
  } catch (error) {
    return { error: String(error?.message ?? error) };
  }
}

(async () => {
  for await (const line of readline.createInterface({ input: process.stdin })) {
    process.stdout.write(`${JSON.stringify(await answer(line))}\n`);
  }
})();
