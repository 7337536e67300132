#!/usr/bin/env node
// Parsed by Node versions of ten years ago: no syntax newer than import() may stand here.
var version = process.versions.node.split('.').map(Number);
if (version[0] < 22 || (version[0] === 22 && version[1] < 19)) {
	console.error(
		'knet needs Node \u2265 22.19, this is ' +
			process.versions.node +
			'.\nInstall a newer Node from https://nodejs.org, or run: npx -p node@24 -p knet knet',
	);
	process.exitCode = 2;
} else {
	void import('./main.js');
}
