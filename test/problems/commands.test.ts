/** Commands that are told name the fleet and the output that the person named. */
import { ownCommand, synthCommand } from '../../lib/problems/commands';

test('names the fleet and the output where they are not the usual ones', () => {
  expect(synthCommand({ fleet: 'fleet.yaml', output: 'dist' })).toBe('npm run synth');
  expect(synthCommand({ fleet: 'a b.yaml', output: 'dist' })).toBe("npx cdk8s-spire synth -f 'a b.yaml'");
  expect(synthCommand({ fleet: 'fleet.yaml', output: 'c d' })).toBe("npx cdk8s-spire synth -o 'c d'");
  expect(ownCommand('root east --rotate', { fleet: 'x.yaml' })).toBe('npx cdk8s-spire root east --rotate -f x.yaml');
});
