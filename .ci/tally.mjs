// Reads the xunit reports of a test run: counts, names what failed, and fails on any skip but of tests that need what the project
// may not hold: the category Vectors (published vectors and corpora) and the category Peers (programs whose licences keep them out).
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [folder, counts] = process.argv.slice(2);
const tests = readdirSync(folder, { recursive: true })
  .filter((name) => name.endsWith('.xunit') || name.endsWith('.xml'))
  .flatMap((name) => readFileSync(join(folder, name), 'utf8').match(/<test [\s\S]*?(?:<\/test>|\/>)/g) ?? [])
  .map((text) => ({
    name: /\bname="([^"]*)"/.exec(text)?.[1] ?? '?',
    result: /\bresult="([^"]*)"/.exec(text)?.[1] ?? '?',
    outside: /<trait name="Category" value="(Vectors|Peers)"/.test(text),
    reason: /<reason>(?:<!\[CDATA\[)?([\s\S]*?)(?:\]\]>)?<\/reason>/.exec(text)?.[1] ?? '',
  }));

const passed = tests.filter((test) => test.result === 'Pass').length;
const failed = tests.filter((test) => test.result === 'Fail');
const skipped = tests.filter((test) => test.result === 'Skip' || test.result === 'NotRun');
const refused = skipped.filter((test) => !test.outside);

failed.forEach((test) => console.log(`failed: ${test.name}`));
skipped.forEach((test) => console.log(`${test.outside ? 'skipped' : 'skipped, which CI does not accept'}: ${test.name}: ${test.reason}`));
console.log(`${tests.length} tests: ${passed} passed, ${failed.length} failed, ${skipped.length} skipped`);
writeFileSync(counts, `${passed} ${failed.length + refused.length}\n`);
process.exit(tests.length > 0 && failed.length + refused.length === 0 ? 0 : 1);
