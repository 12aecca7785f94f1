/** The path of `imports/`, which is beside lib/ both in the repository and in the published package. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

export function importsFolder(): string {
  for (let folder = __dirname; folder !== dirname(folder); folder = dirname(folder)) {
    const candidate = join(folder, 'imports');
    if (existsSync(join(candidate, 'sources.json'))) {
      return candidate;
    }
  }
  throw new Error('the imports/ folder of cdk8s-spire is missing; install the package again');
}
