/** Runs the live proof from nothing to the report; whatever happens, nothing that it started is left. */
import { join } from 'node:path';
import { Lab } from './cluster/lab';
import { walkthroughOf } from './fleet/walkthrough';
import { WorkFleet } from './fleet/work-fleet';
import type { MadeImage } from './images/make-images';
import { run } from './machine/command';
import { MemoryWatch } from './machine/memory';
import { gatherMaterials, type Materials, versionsOf } from './materials';
import type { LiveOptions } from './options';
import { type FamilyName, neededFamilies } from './programs/programs';
import type { Proof } from './proofs/proof';
import { reasonOf, runProofs } from './proofs/run-proofs';
import { settingsOf } from './proofs/suite-settings';
import { SUITES } from './proofs/suites';
import type { Progress } from './report/progress';
import type { ProofResult } from './report/report';
import { ReportFolder } from './report/report-folder';
import { applyTo, istioOf, makeFleetImages, startCluster } from './set-up';
import { Stage } from './stage';

const ROOT = join(__dirname, '..', '..');

/** The proofs that a person asked for. */
export function chosenProofs({ suite, only }: Pick<LiveOptions, 'suite' | 'only'>): readonly Proof[] {
  const pattern = new RegExp(only);
  return SUITES[suite].filter(({ name }) => pattern.test(name));
}

/** The programs that some proofs and their clusters need. */
export function familiesFor(proofs: readonly Proof[]): readonly FamilyName[] {
  return neededFamilies(proofs.flatMap(({ needs = [] }) => needs));
}

/** Proves and writes the report; the result of every chosen proof, whether it could run or not. */
export async function runLive(options: LiveOptions, progress: Progress): Promise<readonly ProofResult[]> {
  const folder = new ReportFolder(join(ROOT, 'live-report', options.suite));
  folder.clear();
  const chosen = chosenProofs(options);
  const settings = settingsOf(options.suite);
  const materials = await progress.phase('programs', () =>
    gatherMaterials({ families: familiesFor(chosen), packages: settings.packages, report: progress.say }),
  );
  const memory = new MemoryWatch();
  const lab = await Lab.open();
  closeOnSignal(lab, progress);
  const images: MadeImage[] = [];
  const proofs = await proveIn(lab, { options, chosen, materials, folder, progress, images });
  folder.write({
    commit: await commitOf(ROOT),
    date: new Date().toISOString(),
    only: options.only,
    proofs,
    phases: progress.phases,
    peakMemory: memory.stop(),
    versions: versionsOf(materials),
    images,
    deviations: settings.deviations,
  });
  progress.say(`report in ${folder.path}`);
  if (options.hold) await holdOpen(lab, materials, progress);
  await lab.close();
  return proofs;
}

interface Run {
  readonly options: LiveOptions;
  readonly chosen: readonly Proof[];
  readonly materials: Materials;
  readonly folder: ReportFolder;
  readonly progress: Progress;
  /** Filled with what was made. */
  readonly images: MadeImage[];
}

/** Never throws: clusters that do not come up are a result too. */
async function proveIn(
  lab: Lab,
  { options, chosen, materials, folder, progress, images }: Run,
): Promise<readonly ProofResult[]> {
  const keepEvidence = (): Promise<string> => folder.keepEvidence(lab.clusters);
  const start = Date.now();
  try {
    const fleet = await WorkFleet.make(lab.folder('fleet'), join(ROOT, 'fleet.yaml'));
    const props = { lab, materials, fleet, report: progress.say };
    images.push(...(await progress.phase('images', () => makeFleetImages(props))));
    const { workers, startsEmpty } = settingsOf(options.suite);
    const called = walkthroughOf(fleet.resolve()).called.cluster;
    const clusters = fleet
      .clusterNames()
      .map((name) => lab.addCluster(name, materials.programs, name === called ? workers : 0));
    await progress.phase('clusters', () =>
      Promise.all(clusters.map((cluster) => startCluster(cluster, images, props))),
    );
    const stage = new Stage({
      ...props,
      clusters,
      istio: istioOf(props),
      start: (cluster) => startCluster(cluster, images, props),
      apply: (cluster, trustDomain, secretFiles) => applyTo(cluster, trustDomain, props, secretFiles),
    });
    if (!startsEmpty) {
      await progress.phase('apply', () =>
        Promise.all(clusters.map((cluster) => applyTo(cluster, stage.resolveCluster(cluster).trustDomain, props))),
      );
    }
    stage.appliedAt = Date.now();
    return await progress.phase('proofs', () => runProofs(chosen, stage, { progress, keepEvidence }));
  } catch (error) {
    const detail = reasonOf(error);
    progress.say(`FAILED  ${detail}`);
    progress.say(await keepEvidence().catch(reasonOf));
    const failure = { name: 'the clusters come up with the fleet', status: 'failed', detail } as const;
    const notRun = chosen.map(({ name }) => ({ name, status: 'not run', seconds: 0, detail: '' }) as const);
    return [{ ...failure, seconds: (Date.now() - start) / 1000 }, ...notRun];
  }
}

function closeOnSignal(lab: Lab, progress: Progress): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      progress.say(`${signal}: ending everything`);
      lab.close().then(
        () => process.exit(130),
        (error: unknown) => {
          progress.say(reasonOf(error));
          process.exit(130);
        },
      );
    });
  }
}

/** Leaves the clusters to a person until a signal ends the run. */
async function holdOpen(lab: Lab, { programs }: Materials, { say }: Progress): Promise<void> {
  for (const { name, kubeconfig, node } of lab.clusters) {
    const kubectl = programs.path('kubernetes', 'kubectl');
    say(`${name}: nsenter --target=${node.pid} --net -- ${kubectl} --kubeconfig ${kubeconfig} get pods -A`);
  }
  say('held open; end with Ctrl-C');
  await new Promise(() => setInterval(() => undefined, 60_000));
}

async function commitOf(folder: string): Promise<string> {
  const commit = (await run(['git', 'rev-parse', '--short', 'HEAD'], { cwd: folder })).trim();
  const changes = await run(['git', 'status', '--porcelain'], { cwd: folder });
  return changes === '' ? commit : `${commit}+`;
}
