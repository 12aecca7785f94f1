/** Writes the pages under docs/ that are made of the code. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderFleetPage } from './render-fleet-page';
import { renderPlatformsPage } from './render-platforms-page';
import { renderRulesPage } from './render-rules-page';

const DOCS = join(__dirname, '..', 'docs');

writeFileSync(join(DOCS, 'rules.md'), renderRulesPage());
writeFileSync(join(DOCS, 'fleet.md'), renderFleetPage());
writeFileSync(join(DOCS, 'platforms.md'), renderPlatformsPage());
