// Bundles the extension with the licences of what it bundles, and takes the schema of haanalyzer.yaml
// out of the one that the analyzer itself checks with.
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { build } from "esbuild";

await rm("dist", { recursive: true, force: true });
await mkdir("dist");

const schema = JSON.parse(await readFile("../../rulesets/schema.json", "utf8"));
await writeFile(
  "dist/configuration.schema.json",
  JSON.stringify({ $schema: schema.$schema, $ref: "#/$defs/configuration", $defs: schema.$defs }, null, 1),
);

const { metafile } = await build({
  entryPoints: ["src/extension.ts"],
  outfile: "dist/extension.js",
  bundle: true,
  external: ["vscode"],
  format: "cjs",
  platform: "node",
  target: "node20",
  minify: true,
  metafile: true,
});

const bundled = Object.keys(metafile.inputs).map((input) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0]);
const notices = [...new Set(bundled)]
  .filter(Boolean)
  .sort()
  .map(async (folder) => {
    const licence = (await readdir(folder)).find((name) => /^licen[cs]e/i.test(name));
    return `${folder.split("node_modules/").at(-1)}\n\n${await readFile(`${folder}/${licence}`, "utf8")}`;
  });
await writeFile("dist/THIRD-PARTY-NOTICES.txt", (await Promise.all(notices)).join("\n\n"));
