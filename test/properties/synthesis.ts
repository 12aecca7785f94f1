/** Synthesizes generated fleets beside the roots of their trust domains. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { type Synthesis, synthesize } from '../../lib/output/synthesize';
import { renderProblems } from '../../lib/problems/render';
import { fleetFile, NOW, temporaryFolder } from '../support';
import { makeTrialCa } from '../trial-ca';
import { NESTED_ROOT, TRUST_DOMAINS } from './fleets';

export class FleetFolder {
  readonly path = temporaryFolder();

  /** Makes the root of every trust domain that a generated fleet may have, and that of nested servers. */
  async prepare(): Promise<void> {
    mkdirSync(join(this.path, 'trust'));
    for (const name of [...TRUST_DOMAINS, NESTED_ROOT]) {
      const trustDomain = name.replace('.nested', '');
      writeFileSync(join(this.path, 'trust', `${name}.pem`), (await makeTrialCa(trustDomain, NOW)).root);
    }
  }

  /** Writes the fleet file; its path. */
  write(document: unknown): string {
    return fleetFile(stringify(document), this.path);
  }

  synthesizeText(text: string): Synthesis {
    return synthesize(fleetFile(text, this.path), { now: NOW });
  }

  /** Path → text, or the problems where there should be none. */
  tree(document: unknown): Record<string, string> {
    const { output, problems, source } = this.synthesizeText(stringify(document));
    if (output === undefined) throw new Error(renderProblems(problems, source));
    return Object.fromEntries(output.files.map(({ path, text }) => [path, text]));
  }
}
