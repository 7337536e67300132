#!/usr/bin/env node
// Parsed by Node versions of ten years ago: no syntax newer than import() may stand here.
var version = process.versions.node.split('.').map(Number);
var advice =
	'knet needs Node \u2265 22.19, this is ' +
	process.versions.node +
	'.\nInstall a newer Node from https://nodejs.org, or run: npx node@24 ' +
	process.argv[1];
if (version[0] < 14) {
	console.error(advice);
	process.exitCode = 2;
} else if (version[0] < 22 || (version[0] === 22 && version[1] < 19)) {
	void import('./other-node.js').then(function (other) {
		other.run(advice);
	});
} else {
	void import('node:module').then(function (module) {
		// Compiled once, read the next time: a good part of what a start takes. Node has a folder for it.
		if (module.enableCompileCache) {
			module.enableCompileCache();
			// Node writes it when it ends, but not when a signal ends it, as a closed terminal does.
			setTimeout(function () {
				module.flushCompileCache();
			}, 3000).unref();
		}

		return import('./main.js');
	});
}
