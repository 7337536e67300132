/** Rules and types, form, and what nobody uses: `npm run lint`. It ends with the first that complains. */
import {spawnSync} from 'node:child_process';

/** The type checker is a program in Go. It takes a quarter less processor time where it collects garbage later, and a tenth more memory. */
const env = {GOGC: '400', ...process.env};

for (const command of ['oxlint --type-aware --type-check --deny-warnings', 'oxfmt --check', 'knip']) {
	const {status} = spawnSync(command, {shell: true, stdio: 'inherit', env});
	if (status !== 0) {
		process.exit(status ?? 1);
	}
}
