// A `kordon serve` of a test's own, with the shipped data and the map that was built beside the program.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const program = process.env.KORDON_PROGRAM ?? join(root, 'build/release/kordon');
const start_timeout_ms = 60_000;

/** @returns {Promise<number>} */
function free_port() {
  return new Promise((done) => {
    const probe = createServer();
    probe.listen(0, '127.0.0.1', () => {
      const { port } = /** @type {import('node:net').AddressInfo} */ (probe.address());
      probe.close(() => done(port));
    });
  });
}

/** The shipped configuration with its files named in full. @param {object} changes */
function write_config(/** @type {string} */ folder, changes) {
  const config = JSON.parse(readFileSync(join(root, 'config/kordon.json'), 'utf8'));
  const full = (/** @type {string} */ name) => resolve(root, 'config', name);
  for (const layer of config.layers) layer.file = full(layer.file);
  config.policies = config.policies.map(full);
  config.index_file = full(config.index_file);
  delete config.$schema;
  const file = join(folder, 'kordon.json');
  writeFileSync(file, JSON.stringify({ ...config, ...changes }));
  return file;
}

/** @param {object} [changes] of kordon.json */
export async function start_service(changes = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'kordon-web-'));
  const config = write_config(folder, changes);
  const port = await free_port();
  const url = `http://127.0.0.1:${port}/`;
  /** @type {import('node:child_process').ChildProcess} */
  let process_now;

  async function start() {
    process_now = spawn(program, ['serve', '--config', config, '--listen', `127.0.0.1:${port}`], { stdio: 'ignore' });
    const deadline = Date.now() + start_timeout_ms;
    while (Date.now() < deadline && process_now.exitCode === null) {
      if (await fetch(`${url}readyz`).then((answer) => answer.ok, () => false)) return;
      await new Promise((done) => setTimeout(done, 50));
    }
    throw new Error('the service did not start');
  }
  function stop() {
    return new Promise((done) => {
      process_now.once('exit', done);
      process_now.kill('SIGKILL');
    });
  }
  await start();
  return {
    url, start, stop,
    async end() {
      if (process_now.exitCode === null) await stop();
      rmSync(folder, { recursive: true });
    },
  };
}
