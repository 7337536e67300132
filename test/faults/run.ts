// Plays the fault matrix whole: npm run test:faults.
import {spawnSync} from 'node:child_process';
import {faults} from './matrix.ts';

const proofs = Object.values(faults).flatMap((fault) => fault.proofs);
const files = [...new Set(proofs.map(([file]) => `test/${file}`))];
const {status} = spawnSync('vitest', ['run', ...files], {stdio: 'inherit'});
process.exitCode = status ?? 1;
