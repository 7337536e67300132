// The worker thread of the bundle. A thread has a compile cache of its own, which must be there before its modules are.
import {enableCompileCache, flushCompileCache} from 'node:module';

enableCompileCache();
// A thread that is terminated writes none; by then most of what a start needs has been compiled.
setTimeout(() => flushCompileCache(), 3000).unref();
await import('./session.js');
