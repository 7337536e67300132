import {rm} from 'node:fs/promises';
import {bundle} from './source/build/bundle.ts';

await rm('dist', {recursive: true, force: true});
await bundle('dist');
