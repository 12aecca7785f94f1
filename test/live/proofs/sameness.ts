/** Proves that what is applied here is the committed dist/, but for the roots, whose keys are in no repository. */
import { join } from 'node:path';
import { readTree } from '../fleet/work-fleet';
import type { Stage } from '../stage';
import { expect, type Proof } from './proof';

const COMMITTED = join(__dirname, '..', '..', '..', 'dist');

export const samenessProofs: readonly Proof[] = [
  {
    name: 'the applied files are those of the committed dist/, but for the roots and what is computed from them',
    prove: async (stage: Stage) => {
      const [applied, committed] = [stage.fleet.files(), readTree(COMMITTED)];
      const names = [...new Set([...applied.keys(), ...committed.keys()])];
      const alone = names.filter((name) => !applied.has(name) || !committed.has(name));
      expect(alone.length === 0, `only one of the two has ${alone.join(', ')}; run npm run synth and commit dist/`);
      const changed = [...applied].filter(
        ([path, text]) => withoutRoots(text) !== withoutRoots(committed.get(path) ?? ''),
      );
      expect(
        changed.length === 0,
        `they differ in ${changed.map(([path]) => path).join(', ')}; run npm run synth and commit dist/`,
      );
      const rooted = [...applied].filter(([path, text]) => text !== committed.get(path)).length;
      return `${applied.size} files, ${rooted} of them with another root`;
    },
    offline: true,
  },
];

/** A text with certificates, their fingerprints and ends, the coordinates of their keys and checksums over them taken out. */
function withoutRoots(text: string): string {
  return text
    .replaceAll(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g, 'certificate')
    .replaceAll(/"(x|y)": "[\w-]+"/g, '"$1": coordinate')
    .replaceAll(/"MII[\w+/=]+"/g, 'certificate')
    .replaceAll(/\b([0-9A-F]{2}:){7,31}[0-9A-F]{2}\b/g, 'fingerprint')
    .replaceAll(/\| \d{4}-\d\d-\d\d \|/g, '| date |')
    .replaceAll(/checksum\/config: "?[0-9a-f]+"?/g, 'checksum/config: checksum');
}
