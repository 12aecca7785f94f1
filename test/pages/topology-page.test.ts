import { renderTopologyPage } from '../../lib/pages/topology-page';
import { PAIR, resolveText } from '../resolved';
import { DEFAULT_PATHS } from '../support';

/** The page of two clusters, one of which waives a rule for this reason. */
async function pageOf(because: string): Promise<string> {
  const text = `${PAIR.replace('trustDomain: east.test,', 'trustDomain: east.test, kubelet: { verification: false },')}
waivers: [{ rule: kubelet-unverified, at: clusters.east, because: ${JSON.stringify(because)} }]`;
  return renderTopologyPage((await resolveText(text)).fleet!, () => [], DEFAULT_PATHS);
}

/** What marks the structure of a page: headings, rows of tables by their number of cells, fences. */
const structureOf = (page: string): readonly string[] =>
  page.split('\n').flatMap((line) => {
    if (/^(#+ |\s*```)/.test(line)) return [line];
    return line.startsWith('|') ? [`${line.replace(/\\\\|\\\|/g, '').split('|').length} cells`] : [];
  });

test('keeps a reason of two lines in one row, as two lines', async () => {
  expect(await pageOf('self-signed kubelet certificates\nuntil spring\n')).toContain(
    '| kubelet-unverified | `clusters.east` | self-signed kubelet certificates<br>until spring |\n',
  );
});

test.each([
  'first\n\n# Approved by security\n\n| a | b |\n|---|---|',
  '<img src=x onerror=alert(1)> because',
  'because\n```sh\nrm -rf /\n```',
  'a \\| b | c \\',
  '</td></tr></table><!-- and then',
  '[click](https://evil.test) ![](https://evil.test/x.png)',
])('is the same page around the reason %j', async (because) => {
  const [page, plain] = [await pageOf(because), await pageOf('for a plain reason')];
  expect(structureOf(page)).toEqual(structureOf(plain));
  expect(page).not.toMatch(/(?<!\\)(<img|<!--|<\/td|\[click|!\[)/);
});
