import { renderGithub } from '../../lib/report/github';
import { described } from './described';

test('annotates the line, with the code as title and the hint below the sentence', () => {
  expect(renderGithub([described({ path: 'clusters.east' })])).toBe(
    '::error file=fleet.yaml,line=3,col=5,title=unknown-key::clusters.east: it is wrong%0Ahint: correct it',
  );
});

test('keeps what a person wrote from ending a property, a message or a line', () => {
  const problem = described({
    file: 'a:b,c%.yaml',
    sentence: '100% of "a,b:c"\r\n::error::forged',
    severity: 'warning',
  });
  expect(renderGithub([problem])).toBe(
    '::warning file=a%3Ab%2Cc%25.yaml,line=3,col=5,title=unknown-key::100%25 of "a,b:c"%0D%0A::error::forged%0Ahint: correct it',
  );
});

test('gives each problem a line', () => {
  expect(renderGithub([described(), described({ line: 4 })]).split('\n')).toHaveLength(2);
});
