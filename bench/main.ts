/** Measures a whole synthesis for fleets of 2, 20 and 200 clusters: objects, bytes, wall time, peak memory, each in a process of its own. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeRoot } from '../lib/trust/trial-ca';

const SIZES = [2, 20, 200];
const ROOT = join(__dirname, '..');

interface Measured {
  readonly clusters: number;
  readonly objects: number;
  readonly files: number;
  readonly bytes: number;
  readonly seconds: number;
  readonly megabytes: number;
}

/** A hub with a gateway, and spokes that call it: links grow with the clusters, not with their square. */
function fleetOf(clusters: number): string {
  const spokes = Array.from({ length: clusters - 1 }, (_, index) => `spoke-${index + 1}`);
  const address = (index: number): string => `10.${Math.floor(index / 250)}.${index % 250}.1`;
  return [
    'fleet: bench',
    'clusters:',
    `  hub: { trustDomain: hub.example, bundleEndpoint: { address: 10.9.0.1 }, gateway: { address: 10.9.0.2 } }`,
    ...spokes.map(
      (name, index) => `  ${name}: { trustDomain: ${name}.example, bundleEndpoint: { address: ${address(index)} } }`,
    ),
    'federation:',
    `  - { hub: hub, spokes: [${spokes.join(', ')}] }`,
    'workloads:',
    '  bookinfo: { cluster: hub, preset: bookinfo, host: bookinfo.example }',
    ...spokes.map((name) => `  greeter-${name}: { cluster: ${name}, preset: curl-greeter, calls: [bookinfo] }`),
    '',
  ].join('\n');
}

async function measure(clusters: number): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), 'cdk8s-spire-bench-'));
  try {
    writeFileSync(join(folder, 'fleet.yaml'), fleetOf(clusters));
    mkdirSync(join(folder, 'trust'));
    const names = ['hub', ...Array.from({ length: clusters - 1 }, (_, index) => `spoke-${index + 1}`)];
    for (const name of names) {
      const root = await makeRoot({ trustDomain: `${name}.example`, now: new Date(), years: 1 });
      writeFileSync(join(folder, 'trust', `${name}.example.pem`), root.certificate);
    }
    // The child reports its own peak memory when it ends.
    const report = `process.on('exit', () => process.stdout.write(String(process.resourceUsage().maxRSS)))`;
    const started = process.hrtime.bigint();
    const child = spawnSync(
      process.execPath,
      [
        '--import',
        join(ROOT, 'node_modules/tsx/dist/loader.mjs'),
        '--import',
        `data:text/javascript,${encodeURIComponent(report)}`,
        join(ROOT, 'main.ts'),
      ],
      { cwd: folder, encoding: 'utf8' },
    );
    const seconds = Number(process.hrtime.bigint() - started) / 1e9;
    const objects = /(\d+) objects/.exec(child.stderr)?.[1];
    if (child.status !== 0 || objects === undefined) {
      throw new Error(child.stderr);
    }
    const sizes = readdirSync(join(folder, 'dist'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => statSync(join(entry.parentPath, entry.name)).size);
    return {
      clusters,
      objects: Number(objects),
      files: sizes.length,
      bytes: sizes.reduce((total, size) => total + size, 0),
      seconds,
      megabytes: Number(child.stdout) / 1024,
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function main(): Promise<void> {
  const rows: Measured[] = [];
  for (const clusters of SIZES) {
    rows.push(await measure(clusters));
  }
  const [smallest] = rows;
  console.log('clusters  objects   files      bytes   wall s   peak MB   ms/object   ms/object beyond the smallest');
  for (const row of rows) {
    const marginal =
      smallest === undefined || row === smallest
        ? '-'
        : (((row.seconds - smallest.seconds) * 1000) / (row.objects - smallest.objects)).toFixed(2);
    console.log(
      [
        String(row.clusters).padStart(8),
        String(row.objects).padStart(8),
        String(row.files).padStart(7),
        String(row.bytes).padStart(10),
        row.seconds.toFixed(2).padStart(8),
        row.megabytes.toFixed(0).padStart(9),
        ((row.seconds * 1000) / row.objects).toFixed(2).padStart(11),
        marginal.padStart(14),
      ].join(' '),
    );
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
