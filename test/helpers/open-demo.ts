import {sessionOptions} from '../../source/commands/data-source/open-data-source.ts';
import {startDemo, type Demo} from '../../source/demo/start-demo.ts';
import {createSession} from '../../source/session/create-session.ts';
import {startExplorer} from '../../source/ui/start.tsx';
import {openTerminal, type TestTerminal} from './terminal.ts';

export type OpenDemo = {readonly demo: Demo; readonly terminal: TestTerminal; close(): Promise<void>};

export type DemoScreen = {readonly columns: number; readonly rows: number; readonly ascii: boolean};

const noLoan = () => Promise.reject(new Error('nobody asks'));

/** As `knet demo SCENARIO` opens it. */
export async function openDemo(name: string, {columns, rows, ascii}: DemoScreen): Promise<OpenDemo> {
	const demo = await startDemo({scenario: name, live: true});
	const {scenario, guide} = demo;
	const flags = {from: scenario?.from};
	const session = createSession(await sessionOptions({flags, demo: demo.url, guide}, noLoan));
	const terminal = openTerminal(columns, rows);
	const {stdin, stdout} = terminal;
	const opened = {target: scenario?.target ?? ''};
	const done = startExplorer({session, opened, color: false, ascii, stdin, stdout, env: {}});
	return {
		demo,
		terminal,
		async close() {
			terminal.type('\u0003');
			await done;
			await session.stop();
			await demo.stop();
		},
	};
}
