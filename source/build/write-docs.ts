import {readFileSync, writeFileSync} from 'node:fs';
import {catalogue} from '../path/catalogue.ts';
import {knownControllers} from '../path/controller/known-controllers.ts';
import {controllersPage} from '../view/controllers-page.ts';
import {findingsPage} from '../view/findings-page.ts';
import {referencePage} from './reference-page.ts';

// `npm run docs`; tests fail while a page is older than what it is made of.
const schema = JSON.parse(
	readFileSync(new URL('../view/report/schema.json', import.meta.url), 'utf8'),
) as Parameters<typeof referencePage>[0];
writeFileSync(new URL('../findings.md', import.meta.url), findingsPage(catalogue));
writeFileSync(new URL('../reference.md', import.meta.url), referencePage(schema));
writeFileSync(new URL('../controllers.md', import.meta.url), controllersPage(knownControllers()));
