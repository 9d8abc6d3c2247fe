// Builds styles, scripts and fonts into dist/ with hashed names, compressed beside the original, and a manifest.
import { build } from "esbuild";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const dist = join(here, "dist");

// What a page may ask for by name.
const entries = {
  "base.css": "src/styles/base.css",
  "home.css": "src/styles/groups/home.css",
  "rails.css": "src/styles/groups/rails.css",
  "matrix.css": "src/styles/groups/matrix.css",
  "charts.css": "src/styles/groups/charts.css",
  "tree.css": "src/styles/groups/tree.css",
  "staff.css": "src/styles/groups/staff.css",
  "print.css": "src/styles/print.css",
  "site.js": "src/scripts/site.ts",
  "refresh.js": "src/scripts/refresh.ts",
  "plots.js": "src/scripts/plots.ts",
};

mkdirSync(dist, { recursive: true });
for (const old of readdirSync(dist, { withFileTypes: true })) {
  if (old.name !== "README") rmSync(join(dist, old.name), { recursive: true });
}

const result = await build({
  absWorkingDir: here,
  entryPoints: Object.values(entries),
  bundle: true,
  minify: true,
  format: "esm",
  splitting: true,
  chunkNames: "[name].[hash]",
  target: ["es2022", "chrome111", "firefox113", "safari16.4"],
  outdir: "dist",
  entryNames: "[name].[hash]",
  assetNames: "[name].[hash]",
  loader: { ".woff2": "file" },
  legalComments: "none",
  metafile: true,
  write: false,
  logLevel: "warning",
});

const names = new Map(Object.entries(entries).map(([name, source]) => [source, name]));
const manifest = {};
for (const file of result.outputFiles) {
  const written = basename(file.path);
  const meta = result.metafile.outputs[`dist/${written}`];
  // An entry is known by its short name, a font by the name of its file without the hash.
  const name = names.get(meta?.entryPoint) ?? written.replace(/\.[A-Z0-9]{8}(\.\w+)$/, "$1");
  writeFileSync(join(dist, written), file.contents);
  const entry = { file: written, bytes: file.contents.length };
  if (extname(written) !== ".woff2") {
    const br = brotliCompressSync(file.contents, {
      params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: file.contents.length },
    });
    const gz = gzipSync(file.contents, { level: 9 });
    writeFileSync(join(dist, `${written}.br`), br);
    writeFileSync(join(dist, `${written}.gz`), gz);
    Object.assign(entry, { br: br.length, gz: gz.length });
  }
  manifest[name] = entry;
}
const sorted = Object.fromEntries(Object.entries(manifest).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(join(dist, "manifest.json"), `${JSON.stringify(sorted, null, 2)}\n`);

for (const [name, { bytes, br }] of Object.entries(sorted)) {
  console.log(`${name.padEnd(52)} ${String(bytes).padStart(8)} B ${br ? `${String(br).padStart(8)} B brotli` : ""}`);
}
