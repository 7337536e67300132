import {setFlagsFromString} from 'node:v8';

/*
V8 doubles its young generation while much survives, as it does when a file of 200,000 endpoints is read: 555 MB for 90 MB
that are kept. Semi-spaces that stay at 4 MiB take the same run to 390 MB for a quarter more processor time. The worker thread
has its own limit (`commands/session-thread.ts`). To have an effect this module is imported before all others.
*/
setFlagsFromString('--semi-space-growth-factor=1');
setFlagsFromString('--min-semi-space-size=4');
