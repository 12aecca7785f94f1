/** Applies dist/ to a cluster by the very commands of its README; only Istio's installation takes the charts in their place. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Cluster } from '../cluster/cluster';
import { CommandFailure } from '../machine/command';
import { applyStepsOf } from './apply-steps';
import { type IstioInstallation, installIstio } from './install-istio';
import { tryStep } from './run-step';
import type { CertificateFiles, WorkFleet } from './work-fleet';

/** Name of a Secret → files that go into it: `certificate` and `key` of a TLS Secret, or by their keys in the Secret. */
export type SecretFiles = Readonly<Record<string, Readonly<Record<string, string>>>>;

export interface ApplyProps {
  readonly fleet: WorkFleet;
  readonly istio: IstioInstallation;
  /** Program kubectl. */
  readonly kubectl: string;
  readonly trustDomain: string;
  /** What goes into Secrets that do not hold the intermediate CA. */
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
    const line = withFiles(step, props.secretFiles, fleet.intermediateOf(trustDomain));
    const result = await tryStep(cluster, line, { dist: fleet.dist, kubectl });
    if (result.code !== 0) throw new CommandFailure(line, result);
  }
}

/** Names the files of a Secret in the command that creates it, where the README leaves that to a person. */
export function withFiles(step: string, secretFiles: SecretFiles, intermediate: CertificateFiles): string {
  const [, type, secret = ''] = /create secret (tls|generic) (\S+)/.exec(step) ?? [];
  if (type === 'tls') {
    const { certificate = '', key = '' } = secretFiles[secret] ?? { ...intermediate };
    return step.replace('CERTIFICATE_FILE', certificate).replace('KEY_FILE', key);
  }
  return step.replaceAll(/--from-file=([^=\s]+)=\S+/g, (_, key: string) => {
    const file = secretFiles[secret]?.[key];
    if (file === undefined) throw new Error(`no file is known for the key ${key} of the Secret ${secret}`);
    return `--from-file=${key}=${file}`;
  });
}
