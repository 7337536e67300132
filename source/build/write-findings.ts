import {writeFileSync} from 'node:fs';
import {catalogue} from '../path/catalogue.ts';
import {findingsPage} from '../view/findings-page.ts';

// `npm run docs`; a test fails while the page is older than the catalogue.
writeFileSync(new URL('../findings.md', import.meta.url), findingsPage(catalogue));
