/** Writes the pages under docs/ that are made of the code. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderRulesPage } from './render-rules-page';

writeFileSync(join(__dirname, '..', 'docs', 'rules.md'), renderRulesPage());
