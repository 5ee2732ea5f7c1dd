import { expect, it } from 'vitest';
import { kits } from './kits';

const endpoint = 'http://127.0.0.1:5080';
const key = 'pl_secret';

it.each(kits.map((kit) => [kit.name, kit] as const))('%s names the address and the key', (_, kit) => {
  const code = kit
    .steps(endpoint, key)
    .map((step) => step.code)
    .join('\n');
  expect(code).toContain(endpoint);
  expect(code).toContain(key);
});

it('sends JSON by curl that a shell leaves whole', () => {
  const [step] = kits.find((kit) => kit.name === 'curl')!.steps(endpoint, key);
  // What the shell does: join the quoted parts and put values in for $NOW and $(…).
  const body = /-d '([\s\S]*)'$/
    .exec(step!.code)![1]!
    .replaceAll(/'\$\((?:[^()]|\([^()]*\))*\)'/g, 'ab')
    .replaceAll("'$NOW'", '1');
  const span = JSON.parse(body).resourceSpans[0].scopeSpans[0].spans[0];
  expect(span.attributes.map((a: { key: string }) => a.key)).toContain('gen_ai.output.messages');
  expect(JSON.parse(span.attributes.at(-2).value.stringValue)[0].parts[0].content).toBe('Hello from curl');
});
