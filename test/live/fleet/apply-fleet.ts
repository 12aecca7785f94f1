/** Applies dist/ to a cluster by the very commands of its README; only Istio's installation takes the charts in their place. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Cluster } from '../cluster/cluster';
import { CommandFailure } from '../machine/command';
import { applyStepsOf } from './apply-steps';
import { type IstioInstallation, installIstio } from './install-istio';
import { tryStep } from './run-step';
import type { WorkFleet } from './work-fleet';

export type SecretFiles = Readonly<Record<string, { readonly certificate: string; readonly key: string }>>;

export interface ApplyProps {
  readonly fleet: WorkFleet;
  readonly istio: IstioInstallation;
  /** Program kubectl. */
  readonly kubectl: string;
  readonly trustDomain: string;
  /** Name of a Secret → what goes into it, where that is not the intermediate CA. */
  readonly secretFiles: SecretFiles;
  readonly report: (line: string) => void;
}

/** Runs one command after the other, like a person would, and fails at the first that fails. */
export async function applyFleet(cluster: Cluster, props: ApplyProps): Promise<void> {
  const { fleet, kubectl, trustDomain, report } = props;
  for (const step of applyStepsOf(readFileSync(join(fleet.dist, 'README.md'), 'utf8'), cluster.name)) {
    report(`${cluster.name}: ${step.replace(` --context ${cluster.name}`, '')}`);
    if (step.startsWith('istioctl ')) {
      await installIstio(cluster, props.istio);
      continue;
    }
    const [, secret = ''] = /create secret tls (\S+)/.exec(step) ?? [];
    const { certificate, key } = props.secretFiles[secret] ?? fleet.intermediateOf(trustDomain);
    const line = step.replace('CERTIFICATE_FILE', certificate).replace('KEY_FILE', key);
    const result = await tryStep(cluster, line, { dist: fleet.dist, kubectl });
    if (result.code !== 0) throw new CommandFailure(line, result);
  }
}
