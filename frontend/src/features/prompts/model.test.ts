import { expect, test } from 'vitest';
import { lintTemplate } from '@/lib/templateCheck';
import { firstVersion, nameProblem } from './model';

test('a name fits into an address and into code', () => {
  expect(['claim-reply', 'v2.reply_de', '1st'].map(nameProblem)).toEqual([undefined, undefined, undefined]);
  for (const bad of ['', ' a', 'a b', '../x', '-a', 'a'.repeat(101)]) expect(nameProblem(bad)).toBeTruthy();
});

test('the first version of a prompt has no problem of its own', () => {
  const { content } = firstVersion('p', 'n');
  const variables = content.variables ?? [];
  for (const message of content.messages) expect(lintTemplate(message.template, variables)).toEqual([]);
});
