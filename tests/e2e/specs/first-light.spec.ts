import { expect, test } from '@playwright/test';
import { graphql } from '../support/api';
import { expectAccessible } from '../support/axe';
import { chat } from '../support/chat';
import { becomeOwner, createKey, createProject, fillPerson, invite, open, reviewer } from '../support/people';
import { Server } from '../support/server';

const question = 'When will you pay the 2,340 euros?';
const answer = 'We will pay the 2,340 euros within ten days.';
const better = 'An assessor will look at your claim and answer within five days.';
const reason = 'Promises a payment that nobody has decided.';
const model = 'gpt-4.1-mini';

let server: Server;
test.beforeAll(async () => {
  server = await Server.start();
});
test.afterAll(async () => {
  await server.stop();
});

test('one output goes from a real SDK through blinded review into a dataset that a script reads', async ({ page, browser }) => {
  let ingestKey = '';
  let scriptKey = '';
  let invitation = '';

  await test.step('the printed link makes the owner, who creates a project and a key', async () => {
    await becomeOwner(page, server.ownerLink);
    await createProject(page, 'Claims assistant');
    await page.getByRole('button', { name: 'Create a key' }).click();
    ingestKey = (await page.getByRole('region', { name: 'key' }).textContent()).trim();
    expect(ingestKey).toMatch(/^pl_.{20,}/);
  });

  await test.step('a Node process with the OpenTelemetry SDK sends a chat span, which appears without reload', async () => {
    await expect(page.getByText('Waiting for your first trace')).toBeVisible();
    await chat(server.url, ingestKey, question, answer, model);
    await expect(page.getByText('Your first trace is here')).toBeVisible();
    await page.getByRole('link', { name: 'Open it' }).click();
    await expect(page.getByRole('heading', { name: 'answer-customer' })).toBeVisible();
    await page
      .getByRole('treeitem', { name: new RegExp(`chat ${model}`) })
      .or(page.getByRole('row', { name: new RegExp(`chat ${model}`) }))
      .first()
      .click();
    await expect(page.getByText(answer).first()).toBeVisible();
    await expect(page.getByText(question).first()).toBeVisible();
    await expectAccessible(page);
  });

  await test.step('a second trace joins the open list by itself', async () => {
    await open(page, 'Traces');
    const list = page.getByRole('grid', { name: 'Traces' });
    await expect(list.getByRole('row')).toHaveCount(2);
    await chat(server.url, ingestKey, 'Is my bike insured abroad?', 'Yes, in all of Europe.', model);
    await expect(list.getByRole('row')).toHaveCount(3);
    await expectAccessible(page);
  });

  await test.step('a reviewer is invited and joins', async () => {
    invitation = await invite(page, reviewer.email, 'Reviewer');
    scriptKey = await createKey(page, 'Script', ['Read', 'What people said']);
    expect(scriptKey).toMatch(/^pl_/);
  });
  const second = await browser.newContext();
  const review = await second.newPage();
  await review.goto(invitation);
  await fillPerson(review, reviewer, true);
  await review.getByRole('button', { name: 'Join', exact: true }).click();
  await expect(review.getByRole('button', { name: 'Join', exact: true })).toBeHidden();

  await test.step('the trace goes to a queue by keyboard', async () => {
    await open(page, 'Traces');
    await page
      .getByRole('row', { name: new RegExp(question.slice(0, 20)) })
      .getByRole('checkbox')
      .check();
    await page.keyboard.press('q');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('Claim replies');
    await dialog.getByLabel('When is an answer good enough?').fill('Would you send this letter?\n- It promises nothing that nobody has decided.');
    await dialog.getByRole('combobox', { name: 'Reviewers' }).or(dialog.getByLabel('Reviewers')).first().click();
    await page.getByRole('option', { name: new RegExp(reviewer.name) }).click();
    await page.keyboard.press('Escape');
    await dialog.getByLabel('People per answer').fill('1');
    await dialog.getByRole('button', { name: /^Add/ }).click();
    await expect(page.getByText('1 item added to Claim replies')).toBeVisible();
  });

  await test.step('the second person judges it blind, with the keyboard alone', async () => {
    const seen: string[] = [];
    review.on('response', async response => {
      if (response.url().endsWith('/graphql')) seen.push(await response.text().catch(() => ''));
    });
    await review.goto(`${server.url}/reviews`);
    await review
      .getByRole('link', { name: /Claim replies/ })
      .first()
      .click();
    await expect(review.getByText(answer)).toBeVisible();
    await expectAccessible(review);
    await expect(review).toHaveTitle(/^Claim replies/);
    expect(await review.content()).not.toContain(model);
    await review.keyboard.press('f');
    await review.keyboard.press('r');
    await review.keyboard.type(reason);
    await review.keyboard.press('Escape');
    // The better answer starts as a copy of the one that is judged.
    await review.keyboard.press('c');
    await review.keyboard.press('Control+a');
    await review.keyboard.type(better);
    await review.keyboard.press('Control+Enter');
    await expect(review.getByRole('group', { name: 'Verdict' })).toBeHidden();
    await review.screenshot({ path: test.info().outputPath('reviewed.png') });
    expect(seen.length).toBeGreaterThan(0);
    expect(seen.filter(body => body.includes(model))).toEqual([]);
  });

  await test.step('the resolved item becomes a dataset item', async () => {
    await open(page, 'Datasets');
    await page.getByRole('button', { name: 'New dataset' }).click();
    await page.getByRole('dialog').getByLabel('Name').fill('claim-replies');
    await page.getByRole('button', { name: 'Create dataset' }).click();
    await open(page, 'Queues');
    await page
      .getByRole('link', { name: /Claim replies/ })
      .first()
      .click();
    await page.getByRole('button', { name: 'Add resolved to a dataset' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('combobox', { name: 'Dataset' }).or(dialog.getByLabel('Dataset')).first().click();
    await page.getByRole('option', { name: /claim-replies/ }).click();
    await dialog.getByRole('button', { name: 'Add items' }).click();
    await expect(page.getByText('1 item added to claim-replies')).toBeVisible();
    await open(page, 'Datasets');
    await page.getByRole('link', { name: /claim-replies/ }).click();
    await expect(page.getByText(better)).toBeVisible();
    await expectAccessible(page);
  });

  await test.step('where it came from is one click away, and its id opens it', async () => {
    const opened = async () => {
      await expect(page.getByRole('heading', { name: 'answer-customer' })).toBeVisible();
      await expect(page).toHaveURL(/\/traces\/[0-9a-f]{32}\?span=[0-9a-f]{16}$/);
    };
    await page.getByTitle('Open the trace').first().click();
    await opened();
    const traceId = /[0-9a-f]{32}/.exec(page.url())?.[0] ?? '';
    await open(page, 'Queues');
    await page
      .getByRole('link', { name: /Claim replies/ })
      .first()
      .click();
    await page.getByRole('navigation', { name: 'Queue', exact: true }).getByText('Items').click();
    await page.getByRole('region', { name: 'Items of this queue' }).getByRole('link').first().click();
    await opened();
    await open(page, 'Traces');
    await page
      .getByRole('searchbox')
      .or(page.getByRole('textbox', { name: /Search/ }))
      .first()
      .fill(traceId);
    await expect(page.getByRole('grid', { name: 'Traces' }).getByRole('row')).toHaveCount(2);
  });

  await test.step('a script reads it with its key', async () => {
    const mine = await graphql<{ viewer: { organizations: { projects: { id: string }[] }[] } }>(
      server.url,
      scriptKey,
      '{ viewer { organizations { projects { id } } } }',
    );
    const projectId = mine.viewer.organizations[0]?.projects[0]?.id;
    const read = await graphql<{
      project: {
        dataset: { items: { nodes: { inputs: unknown; output: string; expected: string; label: string; reasoning: string; lineage: { traceId: string } }[] } };
      };
    }>(
      server.url,
      scriptKey,
      'query ($id: ID!) { project(id: $id) { dataset(name: "claim-replies") { items { nodes { inputs output expected label reasoning lineage { traceId spanId } } } } } }',
      { id: projectId },
    );
    const [item] = read.project.dataset.items.nodes;
    expect(item).toMatchObject({ output: answer, expected: better, label: 'FAIL', reasoning: reason });
    expect(JSON.stringify(item?.inputs)).toContain(question);
    expect(item?.lineage.traceId).toMatch(/^[0-9a-f]{32}$/);
  });
});
