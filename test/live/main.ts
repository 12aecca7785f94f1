/** `npm run test:live`: applies dist/ to real clusters of real programs and proves what the fleet promises. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Cluster } from './cluster/cluster';
import { Lab } from './cluster/lab';
import { FORCED_SETTINGS } from './fleet/install-istio';
import { WorkFleet } from './fleet/work-fleet';
import type { MadeImage } from './images/make-images';
import { MemoryWatch } from './machine/memory';
import { missingRequirements } from './machine/requirements';
import { gatherMaterials, type Materials, versionsOf } from './materials';
import { type Proof, reasonOf, runProofs } from './proofs/proof';
import { PROOFS } from './proofs/proofs';
import { Progress } from './report/progress';
import { renderReport } from './report/render-report';
import type { LiveReport, ProofResult } from './report/report';
import { applyTo, istioOf, makeFleetImages, startCluster } from './set-up';
import { Stage } from './stage';

const ROOT = join(__dirname, '..', '..');
const REPORT_FOLDER = join(ROOT, 'live-report');
const CLUSTERS = ['cluster1', 'cluster2'];

async function main(): Promise<number> {
  const { hold, only } = parseArgs({
    options: { hold: { type: 'boolean', default: false }, only: { type: 'string', default: '' } },
  }).values;
  const chosen = PROOFS.filter(({ name }) => name.includes(only));
  const missing = await missingRequirements();
  if (missing.length > 0) {
    for (const line of missing) console.log(`live proof: ${line}`);
    // Somewhere else than in CI a machine may be unfit; in CI a proof that did not run is a proof that failed.
    console.log(process.env.CI === undefined ? 'live proof skipped' : '0 passed, 1 failed');
    return process.env.CI === undefined ? 0 : 1;
  }
  const progress = new Progress();
  const memory = new MemoryWatch();
  const materials = await progress.phase('programs', () => gatherMaterials(progress.say));
  const { images, proofs } = await proveLive(materials, chosen, progress, hold);
  const peakMemory = memory.stop();
  const report: LiveReport = {
    versions: versionsOf(materials),
    images,
    forcedSettings: FORCED_SETTINGS,
    phases: progress.phases,
    proofs,
    peakMemory,
  };
  mkdirSync(REPORT_FOLDER, { recursive: true });
  writeFileSync(join(REPORT_FOLDER, 'report.json'), `${JSON.stringify(report, null, 2)}\n`);
  writeFileSync(join(REPORT_FOLDER, 'report.md'), renderReport(report));
  const failed = proofs.filter(({ passed }) => !passed).length;
  progress.say(`report in ${REPORT_FOLDER}`);
  console.log(`${proofs.length - failed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

interface Outcome {
  readonly images: readonly MadeImage[];
  readonly proofs: readonly ProofResult[];
}

/** Runs the clusters and the proofs; whatever happens, nothing of it is left. */
async function proveLive(
  materials: Materials,
  chosen: readonly Proof[],
  progress: Progress,
  hold: boolean,
): Promise<Outcome> {
  const lab = await Lab.open();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      progress.say(`${signal}: ending everything`);
      lab.close().finally(() => process.exit(130));
    });
  }
  let images: readonly MadeImage[] = [];
  try {
    const fleet = await WorkFleet.make(lab.folder('fleet'), join(ROOT, 'fleet.yaml'));
    const props = { lab, materials, fleet, report: progress.say };
    images = await progress.phase('images', () => makeFleetImages(props));
    const start = (cluster: Cluster): Promise<void> => startCluster(cluster, images, props);
    const clusters = CLUSTERS.map((name) => lab.addCluster(name, materials.programs));
    await progress.phase('clusters', () => Promise.all(clusters.map(start)));
    const stage = new Stage({ ...props, clusters, start, istio: istioOf(props) });
    await progress.phase('apply', () =>
      Promise.all(clusters.map((cluster) => applyTo(cluster, stage.promisedOf(cluster).trustDomain, props))),
    );
    stage.appliedAt = Date.now();
    return { images, proofs: await progress.phase('proofs', () => runProofs(chosen, stage, progress)) };
  } catch (error) {
    const failure = reasonOf(error);
    progress.say(`FAILED  ${failure}`);
    return { images, proofs: [{ name: 'brings both clusters up', passed: false, seconds: 0, failure }] };
  } finally {
    if (hold) await holdOpen(lab, progress);
    await lab.close();
  }
}

/** Leaves the clusters to a person until the next signal. */
async function holdOpen(lab: Lab, { say }: Progress): Promise<void> {
  for (const { name, kubeconfig, node } of lab.clusters) {
    say(`${name}: nsenter --target=${node.pid} --net -- kubectl --kubeconfig ${kubeconfig} get pods -A`);
  }
  say('held open; end with Ctrl-C');
  await new Promise(() => setInterval(() => undefined, 60_000));
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  },
);
