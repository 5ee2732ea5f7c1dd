import { expect, test } from 'vitest';
import { lintTemplate } from '@/lib/template';
import { firstVersion, nameProblem } from './model';

test('a name fits into an address and into code', () => {
  expect(['claim-reply', 'v2.reply_de', '1st'].map(nameProblem)).toEqual([undefined, undefined, undefined]);
  for (const bad of ['', ' a', 'a b', '../x', '-a', 'a'.repeat(101)]) expect(nameProblem(bad)).toBeTruthy();
});

test('the first version of a prompt has no problem of its own', () => {
  const { content } = firstVersion('p', 'n');
  const names = (content.variables ?? []).map((v) => v.name);
  for (const message of content.messages) expect(lintTemplate(message.template, names)).toEqual([]);
});
