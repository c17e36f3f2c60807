// Lays out what the service serves: node web/build.js OUT. Each file stands beside itself compressed.
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, extname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { land } from './land.js';

const from = dirname(fileURLToPath(import.meta.url));
const to = process.argv[2];
if (!to) throw new Error('expected the folder to write');

const own = ['index.html', 'embed.html', 'main.js', 'embed.js', 'embed_parent.js', 'page.js', 'late.js', 'ask', 'map', 'panel', 'files', 'tracks', 'words', 'style', 'data'];
const maplibre = ['maplibre-gl.mjs', 'maplibre-gl-worker.mjs', 'maplibre-gl.css'];
const smallest_gzip_bytes = 1024;

/** @param {string} folder @returns {string[]} */
function files_below(folder) {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? files_below(path) : [path];
  });
}

/** Puts the signs of verdicts into a page, and names the modules that it needs in its head, so that they are asked for at
 * once and not one after another. @param {string} page */
function complete(page) {
  const html = readFileSync(join(to, page), 'utf8');
  const entry = html.match(/<script type="module" src="web\/([^"]+)"/)?.[1];
  if (!entry) throw new Error(`${page} names no module`);
  const found = new Set([entry]);
  for (const module of found) {
    const text = module.startsWith('vendor/') ? '' : readFileSync(join(to, module), 'utf8');
    for (const [, name] of text.matchAll(/^(?:import|export)[^'"]*?['"](\.[^'"]+)['"];/gm)) {
      found.add(relative(to, join(to, dirname(module), name)));
    }
  }
  const links = [...found].map((module) => `<link rel="modulepreload" href="web/${module}">`).join('\n');
  const signs = readFileSync(join(from, 'style/signs.html'), 'utf8').trim();
  writeFileSync(join(to, page), html.replace('<!-- modules -->', links).replace('<!-- signs -->', signs));
}

rmSync(to, { recursive: true, force: true });
for (const name of own) {
  if (existsSync(join(from, name))) cpSync(join(from, name), join(to, name), { recursive: true });
}
mkdirSync(join(to, 'vendor'), { recursive: true });
const package_folder = join(from, 'node_modules/maplibre-gl');
for (const name of maplibre) {
  const text = readFileSync(join(package_folder, 'dist', name), 'utf8');
  writeFileSync(join(to, 'vendor', name), text.replace(/\n\/\/# sourceMappingURL=\S+\s*$/, '\n'));
}
writeFileSync(join(to, 'data/land.json'), JSON.stringify(land()));
cpSync(join(package_folder, 'LICENSE.txt'), join(to, 'vendor/maplibre-gl.LICENSE.txt'));
for (const page of ['index.html', 'embed.html']) {
  if (existsSync(join(to, page))) complete(page);
}
for (const file of files_below(to)) {
  const bytes = readFileSync(file);
  if (bytes.length >= smallest_gzip_bytes && extname(file) !== '.gz') {
    writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }));
  }
}
