import {setFlagsFromString} from 'node:v8';

/*
V8 doubles its young generation while much survives, as it does when a file of 200,000 endpoints is read: 555 MB for 90 MB
that are kept. Semi-spaces that stay at 4 MiB take the same run to 390 MB for a quarter more processor time. The worker thread
has its own limit (`commands/data-source/start-thread.ts`), and begins with the smallest size. To have an effect this module is imported before all others.
*/
setFlagsFromString('--semi-space-growth-factor=4');
survive();
setFlagsFromString('--semi-space-growth-factor=1');
setFlagsFromString('--min-semi-space-size=4');

/**
A semi-space has 1 MiB at first, and its size is no flag once V8 runs: it grows when about that much survives a collection. At 1 MiB
a quarter of a large scan is collecting, and the old generation fills with what was garbage soon after.
*/
function survive(): void {
	const most = 4000;
	const some = Array.from({length: 64});
	const held: unknown[] = [];
	for (let count = 0; count < most; count++) {
		held.push(some.slice());
	}
}
