// Tries the example in a browser: node try.mjs BASE_URL CHROMIUM
import assert from 'node:assert/strict';
import { chromium } from 'playwright-core';

const [base, executablePath] = process.argv.slice(2);
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
try {
  const [buyer, other] = await Promise.all([1, 2].map(async () => {
    const page = await (await browser.newContext()).newPage();
    page.on('pageerror', error => { throw error; });
    await page.goto(base + '/examples/inventory');
    return page;
  }));
  const stock = (page, product) => page.locator(`#product-${product} .stock`);

  await buyer.getByText('Open the shop').click();
  await stock(buyer, 'desk').filter({ hasText: '50' }).waitFor();
  await stock(other, 'lamp').filter({ hasText: '8' }).waitFor();

  const bought = performance.now();
  await buyer.locator('#product-lamp button').click();
  await stock(other, 'lamp').filter({ hasText: '7' }).waitFor({ timeout: 5_000 });
  const seen = performance.now() - bought;
  console.log(`the other window saw the purchase after ${Math.round(seen)} ms`);
  assert.ok(seen < 1_000);
  assert.ok(await buyer.locator('#product-lamp.own').isVisible(), 'the buyer knows its own purchase');
  assert.equal(await other.locator('#product-lamp.own').count(), 0);

  for (let left = 6; left >= 3; left--) {
    await buyer.locator('#product-lamp button').click();
    await stock(buyer, 'lamp').filter({ hasText: String(left) }).waitFor();
  }
  await other.locator('#restock-lamp').waitFor();
  assert.equal(await other.locator('#restock-lamp').textContent(), 'lamp: 4 were left');

  const replies = await Promise.all(Array.from({ length: 200 }, () =>
    fetch(base + '/v1/documents/inventory-products/desk', {
      method: 'PATCH',
      headers: { 'Content-Type': 'application/json', 'Idempotency-Key': crypto.randomUUID() },
      body: JSON.stringify({ increment: { stock: -1 }, if: { where: { stock: { gte: 1 } } } }),
    })));
  const count = status => replies.filter(reply => reply.status === status).length;
  console.log(`of 200 buyers of 50 desks ${count(200)} got one, ${count(412)} did not`);
  assert.equal(count(200), 50);
  assert.equal(count(412), 150);
  await stock(other, 'desk').filter({ hasText: /^0$/ }).waitFor();
  console.log('the example works');
} finally {
  await browser.close();
}
