/** Proves that SPIRE accepts what servers and agents say of their metrics, and that every value is read. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkShape } from '../../../lib/fleet/check-shape';
import { telemetry as telemetrySchema } from '../../../lib/fleet/telemetry-schema';
import { resolve } from '../../../lib/model/resolve';
import type { ResolvedCluster } from '../../../lib/model/resolved-fleet';
import { renderAgentConfig } from '../../../lib/spire/agent-config';
import { renderServerConfig } from '../../../lib/spire/server-config';
import { tryRun } from '../machine/command';
import { exampleSettings } from './example-settings';
import type { Finding } from './prove-plugins';
import { wrongTypes } from './wrong-types';

export interface ProvedTelemetry {
  /** Number of configurations that SPIRE accepted. */
  readonly accepted: number;
  /** Keys of the section telemetry whose values of a wrong type SPIRE refused. */
  readonly refused: ReadonlySet<string>;
  readonly findings: readonly Finding[];
}

const COMPONENTS = { server: renderServerConfig, agent: renderAgentConfig } as const;
type Component = keyof typeof COMPONENTS;

/**
 * @param programs folder of spire-server and spire-agent
 * @param folder for the configurations
 * @param root PEM of a root certificate
 */
export async function proveTelemetry(programs: string, folder: string, root: string): Promise<ProvedTelemetry> {
  // Nothing is written for settings of metrics that nobody collects.
  const examples = exampleSettings(telemetrySchema).map((one) => ({ inMemory: true, ...one }));
  const all = { accepted: 0, refused: new Set<string>(), findings: [] as Finding[] };
  for (const component of Object.keys(COMPONENTS) as Component[]) {
    const file = join(folder, `${component}.conf`);
    const validate = async (text: string): Promise<string | undefined> => {
      writeFileSync(file, text);
      const { code, stderr } = await tryRun([join(programs, `spire-${component}`), 'validate', '-config', file]);
      return code === 0 ? undefined : stderr.trim();
    };
    for (const written of examples) {
      const text = COMPONENTS[component](clusterWith(written, root));
      const reasons = await faultsOf(text, validate, all.refused);
      const found = { member: `telemetry of the ${component}`, settings: JSON.stringify(written) };
      all.findings.push(...reasons.map((reason) => ({ ...found, reason })));
      if (reasons.length === 0) all.accepted += 1;
    }
  }
  return all;
}

/** @param refused gets the keys of which SPIRE refused a wrong type; they are not tried again */
async function faultsOf(
  text: string,
  validate: (text: string) => Promise<string | undefined>,
  refused: Set<string>,
): Promise<readonly string[]> {
  const reason = await validate(text);
  if (reason !== undefined) return [reason];
  const whole = JSON.parse(text) as { readonly telemetry?: Readonly<Record<string, unknown>> };
  const taken: string[] = [];
  for (const { key, configuration } of wrongTypes(whole.telemetry ?? {})) {
    if (refused.has(key)) continue;
    if ((await validate(JSON.stringify({ ...whole, telemetry: configuration }))) === undefined) taken.push(key);
    else refused.add(key);
  }
  return taken.map((key) => `it takes a wrong type for ${key}`);
}

function clusterWith(telemetry: object, root: string): ResolvedCluster {
  const spire = { telemetry };
  const { fleet } = checkShape({ fleet: 'telemetry', clusters: { east: { trustDomain: 'east.test', spire } } });
  const resolution = fleet && resolve(fleet, { readTrustFile: () => ({ text: root }), now: new Date() });
  const cluster = resolution?.fleet?.clusters[0];
  if (cluster === undefined) throw new Error(`refused: ${JSON.stringify(resolution?.problems ?? telemetry)}`);
  return cluster;
}
