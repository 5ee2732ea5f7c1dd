import { expect, test } from '@playwright/test';
import { expectAccessible } from '../support/axe';
import { becomeOwner, choose, createProject, open } from '../support/people';
import { Server } from '../support/server';

let server: Server;
test.beforeAll(async () => {
  server = await Server.start();
});
test.afterAll(async () => {
  await server.stop();
});

test('a newcomer loads the sample project and runs a prompt without a key, a terminal or JSON', async ({ page }) => {
  await becomeOwner(page, server.ownerLink);
  await createProject(page, 'Helpdesk');

  await test.step('the sample arrives with traces, a queue and a dataset', async () => {
    await page.getByRole('button', { name: 'Load sample project' }).click();
    await expect(page.getByRole('grid', { name: 'Traces' }).getByRole('row').nth(5)).toBeVisible({ timeout: 60_000 });
    await open(page, 'Queues');
    await expect(page.getByRole('main').getByRole('link').first()).toBeVisible();
    await open(page, 'Datasets');
    await expect(page.getByRole('main').getByRole('link').first()).toBeVisible();
    await expectAccessible(page);
  });

  await test.step('a prompt opens with its latest version', async () => {
    await open(page, 'Prompts');
    await page
      .getByRole('link', { name: /answer-from-handbook/ })
      .first()
      .click();
    await expect(page.getByRole('heading', { name: 'answer-from-handbook' })).toBeVisible();
    await expect(page.getByText('Answer the question from the documents alone')).toBeVisible();
  });

  await test.step('the built-in model streams an answer for typed inputs', async () => {
    await choose(
      page,
      page
        .getByRole('combobox', { name: 'Model', exact: true })
        .or(page.getByLabel('Model', { exact: true }))
        .first(),
      'demo-echo',
    );
    await page.getByRole('textbox', { name: 'Question' }).fill('May I return worn shoes?');
    await page.getByRole('textbox', { name: 'Documents' }).fill('Worn shoes cannot be returned.');
    await page.keyboard.press('Control+Enter');
    const answer = page.getByRole('region', { name: /^Answer of/ }).first();
    await expect(answer).toContainText('worn shoes', { ignoreCase: true });
    await expect(answer).toHaveAttribute('aria-busy', 'false');
    await expectAccessible(page);
  });

  await test.step('the run leads to its trace', async () => {
    await page.getByRole('button', { name: 'Trace and what was sent' }).first().click();
    const link = page.getByRole('link', { name: 'Open the trace of this run' });
    await expect(link).toHaveAttribute('href', /\/traces\/[0-9a-f]{32}$/);
    await link.click();
    await expect(page.getByText('Worn shoes cannot be returned.').first()).toBeVisible();
    await page.goBack();
  });

  await test.step('the edit became a version of its own, and the old one is still there', async () => {
    const versions = page.getByText(/^v3$/);
    await expect(versions.first()).toBeVisible();
    await expect(page.getByText(/^v2$/).first()).toBeVisible();
    await page.reload();
    await expect(page.getByText(/^v3$/).first()).toBeVisible();
  });
});
