/** Applies dist/ to a cluster by the very commands of its README; only Istio's installation takes the charts in their place. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Cluster } from '../cluster/cluster';
import { run } from '../machine/command';
import { applyStepsOf } from './apply-steps';
import { type IstioInstallation, installIstio } from './install-istio';
import type { CertificateFiles, WorkFleet } from './work-fleet';

export interface ApplyProps {
  readonly fleet: WorkFleet;
  readonly istio: IstioInstallation;
  /** Program kubectl. */
  readonly kubectl: string;
  /** What its server is given. */
  readonly serverCertificate: CertificateFiles;
  readonly report: (line: string) => void;
}

/** Runs one command after the other, like a person would, and fails at the first that fails. */
export async function applyFleet(cluster: Cluster, props: ApplyProps): Promise<void> {
  const { fleet, kubectl, report } = props;
  const { certificate, key } = props.serverCertificate;
  for (const step of applyStepsOf(readFileSync(join(fleet.dist, 'README.md'), 'utf8'), cluster.name)) {
    report(`${cluster.name}: ${step.replace(` --context ${cluster.name}`, '')}`);
    if (step.startsWith('istioctl ')) {
      await installIstio(cluster, props.istio);
      continue;
    }
    const line = step.replace('CERTIFICATE_FILE', certificate).replace('KEY_FILE', key);
    await run(cluster.enter(['sh', '-c', line]), {
      cwd: fleet.dist,
      env: { PATH: `${dirname(kubectl)}:${process.env.PATH}` },
      timeout: 330,
    });
  }
}
