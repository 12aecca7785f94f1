import { MAX_COMMENT, renderMarkdown } from '../../lib/review/render-markdown';
import { renderText } from '../../lib/review/render-text';
import { type Review, review } from '../../lib/review/review';
import { object, sideOf, type Texts } from './sides';

function reviewOf(before: Texts, after: Texts): Review {
  const fleet = () => ({ unknown: 'there is none' });
  const result = review({ ...sideOf(before, 'HEAD:dist'), fleet }, { ...sideOf(after), fleet });
  if (!('review' in result)) throw new Error(JSON.stringify(result.problems));
  return result.review;
}

const policies = (clusters: number, each: number, name = 'policy'): Texts =>
  Object.fromEntries(
    Array.from({ length: clusters }, (_, cluster) => [
      `cluster${cluster}/istio/access.yaml`,
      Array.from({ length: each }, (__, index) =>
        object(
          'security.istio.io/v1',
          'AuthorizationPolicy',
          `spec: { a: ${cluster * each + index} }\n`,
          `${name}-${index}`,
        ),
      ).join('---\n'),
    ]),
  );

test('begins with a mark by which a later run finds the comment, and the highest risk', () => {
  expect(renderMarkdown(reviewOf({}, policies(1, 1)))).toMatch(
    /^<!-- cdk8s-spire diff -->\n### Highest risk: access\n/,
  );
  expect(renderMarkdown(reviewOf({}, {}))).toContain('### No object differs');
});

test.each([
  [1, 1],
  [10, 30],
  [100, 10],
  [100, 60],
  [1000, 1],
])('fits a comment with %i clusters of %i changes, and says whether it is short of something', (clusters, each) => {
  const empty = policies(clusters, each);
  const changed = Object.fromEntries(
    Object.entries(empty).map(([path, text]) => [path, text.replaceAll('{ a: ', '{ b: 1, a: 1')]),
  );
  const text = renderMarkdown(reviewOf(empty, changed));
  expect(text.length).toBeLessThanOrEqual(MAX_COMMENT);
  const names = [...text.matchAll(/policy-\d+/g)].length;
  expect(text.includes('Shortened to fit a comment')).toBe(names < clusters * each);
  expect(text).toContain(`${clusters * each} changed`);
  // What is open is closed.
  expect([...text.matchAll(/<details>/g)]).toHaveLength([...text.matchAll(/<\/details>/g)].length);
});

test('mentions other effects below the blast radius only if changes are listed', () => {
  const known: Review['blastRadius'] = {
    refusedCallers: [],
    known: true,
    identities: { lost: [], gained: [], changed: [], handedOver: [], trust: [] },
    calls: { reachable: [], unreachable: [], decidedOtherwise: [] },
  };
  // Each has a name of its own, so that no two clusters are told together.
  const named = (cluster: number): string => `cluster${cluster}/istio/policy-${cluster}-of-a-name-of-some-length`;
  const texts = (clusters: number): Texts =>
    Object.fromEntries(
      Array.from({ length: clusters }, (_, cluster) => [
        `${named(cluster)}.yaml`,
        object('security.istio.io/v1', 'AuthorizationPolicy', 'spec: {}\n', named(cluster).replaceAll('/', '-')),
      ]),
    );
  const text = (clusters: number): string => renderMarkdown({ ...reviewOf({}, texts(clusters)), blastRadius: known });
  const same = 'SPIFFE IDs and allowed calls do not change';
  expect(text(1)).toContain(`${same}; each change lists its other effects.`);
  expect(text(1000)).toContain(`${same}.\n`);
});

test('fits a comment where a single cluster has a name of thousands of characters', () => {
  const long = 'x'.repeat(70_000);
  expect(renderMarkdown(reviewOf({}, policies(1, 1, long))).length).toBeLessThanOrEqual(MAX_COMMENT);
  expect(renderMarkdown(reviewOf({}, { [`${long}/a.yaml`]: 'a: 1' })).length).toBeLessThanOrEqual(MAX_COMMENT);
});

test('escapes an edited output in tables, code and lines', () => {
  const name = JSON.stringify('`a|b`<b>@all\n| x');
  const file = object('v1', 'ConfigMap', 'data: { "k|`": "<script>``|" }\n', name);
  const text = renderMarkdown(reviewOf({ 'east/a.yaml': file }, { 'east/a.yaml': file.replace('script', 'img') }));
  const row = text.split('\n').find((line) => line.includes('ConfigMap') && line.startsWith('|'));
  expect(row?.match(/(?<!\\)\|/g)).toHaveLength(5);
  expect(text).toContain('`` ConfigMap shop/`a\\|b`<b>@all \\| x ``');
  expect(text).toContain('```  data["k\\|`"]: <script>``\\| -> <img>``\\| ```'.replace('```  ', '``` '));
});

test('removes control characters of an edited output', () => {
  const file = object('v1', 'ConfigMap', 'data: { a: "\\e[2J\\rx" }\n');
  const lines = renderText(
    reviewOf({ 'east/a.yaml': object('v1', 'ConfigMap', 'data: { a: b }\n') }, { 'east/a.yaml': file }),
  );
  expect(lines.join('')).not.toMatch(/\p{Cc}/u);
  expect(lines.join('\n')).toContain('data.a: b -> \uFFFD[2J\uFFFDx');
});

test('reads as one what happens to several objects of a kind for the same reasons', () => {
  const text = renderMarkdown(reviewOf({}, policies(1, 3)));
  expect(text).toContain('| access | + | `AuthorizationPolicy shop/policy-0, policy-1, policy-2` |');
});

test('reads once what happens to several clusters alike', () => {
  const alike = (name: string): Texts => ({ [`${name}/a.yaml`]: object('v1', 'Service', 'spec: { a: 1 }\n') });
  const text = renderMarkdown(
    reviewOf({}, { ...alike('east'), ...alike('west'), 'far/a.yaml': object('v1', 'Secret') }),
  );
  expect([...text.matchAll(/^#### .*$/gm)].flat()).toEqual(['#### Blast radius', '#### east, west', '#### far']);
});
