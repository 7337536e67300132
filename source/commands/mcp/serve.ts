import {McpServer} from '@modelcontextprotocol/server';
import {serveStdio} from '@modelcontextprotocol/server/stdio';
import {catalogue} from '../../path/catalogue.ts';
import type {CatalogueEntry} from '../../path/catalogue-entry.ts';
import {UserError} from '../../errors.ts';
import {verifyInput} from '../../feeds/file/input-files.ts';
import {version} from '../../version.ts';
import {dnsBrief, explainBrief, scanBrief, traceBrief} from '../../view/report/brief.ts';
import type {ScanReport, TraceReport} from '../../view/report/report.ts';
import type {DnsReport} from '../../path/dns/dns-report.ts';
import {connectionFlags} from '../command-table.ts';
import {dashed, flagEntry, type Flags} from '../flags/flags.ts';
import type {Main, Terminal} from '../output/terminal.ts';
import {withArgumentNames} from './argument-names.ts';
import {answeringTransport} from './answering-transport.ts';
import {asker, type Answer, type Ask} from './ask.ts';
import {createChanges, type Changes} from './changes.ts';
import {inputs} from './inputs.ts';

/** `knet mcp`: serves the Model Context Protocol on stdin and stdout until the client leaves and has its answers. */
export async function serve(flags: Flags, terminal: Terminal, main: Main): Promise<number> {
	await verifyFiles(flags.filename);
	const ask = asker(main, commonOptions(flags), terminal.env);
	const changes = createChanges(flags);
	const {transport, ended} = answeringTransport(process.stdin);
	const handle = serveStdio(
		() => serverOf({ask, changes, mayProbe: flags.allowProbes === true, own: flags.namespace}),
		{
			transport,
			onerror: (error) => terminal.say(`${error.message}\n`),
		},
	);
	await ended;
	await handle.close();
	await changes.close();
	return 0;
}

/** A file that is not there would be told of by each tool, to an agent that cannot mend it. */
async function verifyFiles(names: readonly string[] = []): Promise<void> {
	for (const name of names) {
		if (name === '-') {
			throw new UserError(
				'--filename - is standard input, where knet mcp hears its client.',
				'Give the name of a file.',
			);
		}

		await verifyInput(name);
	}
}

/** Where to look, as the server was started: no tool can change it. */
function commonOptions(flags: Flags): readonly string[] {
	const names = [...connectionFlags, 'filename'] as const;
	return names.flatMap((name) => {
		const value = flags[name];
		const values = Array.isArray(value) ? (value as readonly string[]) : [value];
		return values
			.filter((each) => each !== undefined)
			.map((each) => (flagEntry(name).type === 'boolean' ? dashed(name) : `${dashed(name)}=${String(each)}`));
	});
}

type Serving = {
	readonly ask: Ask;
	readonly changes: Changes;
	readonly mayProbe: boolean;
	/** Where a tool names no namespace. */
	readonly own: string | undefined;
};

type Inputs = ReturnType<typeof inputs>;

/** None of the tools writes; there is none that could. */
const readOnly = {
	readOnlyHint: true,
	destructiveHint: false,
	idempotentHint: true,
	openWorldHint: true,
} as const;

function serverOf(serving: Serving): McpServer {
	const server = new McpServer(
		{name: 'knet', version},
		{
			instructions:
				'knet tells where a request for a name stops on its way to a container of Kubernetes. Start with scan, then trace what is not ok. "unknown" means that it could not be decided, never that all is well.',
		},
	);
	const input = inputs(serving.mayProbe);
	registerTrace(server, input, serving);
	registerScan(server, input, serving);
	registerDns(server, input, serving);
	registerOffline(server, input);
	registerChanges(server, input, serving.changes);
	return server;
}

function registerTrace(server: McpServer, input: Inputs, {ask, own}: Serving): void {
	server.registerTool(
		'trace',
		{
			description:
				'Walks the path of one request hop by hop: where it stops, what the client sees, the cause, the fix.',
			inputSchema: input.trace,
			annotations: readOnly,
		},
		async ({target, from, namespace, method, headers, full, probe}) => {
			const options = [
				...option('--from', from),
				...option('-n', namespace ?? own),
				...option('--method', method),
				...(headers ?? []).flatMap((header) => option('--header', header)),
				...(probe ? ['--probe'] : []),
			];
			return told(await ask('trace', ['-o', 'json', ...options], [target]), full, (report) =>
				traceBrief(report as TraceReport),
			);
		},
	);
}

function registerScan(server: McpServer, input: Inputs, {ask, own}: Serving): void {
	server.registerTool(
		'scan',
		{
			description:
				'Judges every entry (Ingress host and path, route, Service) of a namespace or of all, worst first.',
			inputSchema: input.scan,
			annotations: readOnly,
		},
		async ({namespace, allNamespaces, selector, full}) => {
			const options = [
				...(allNamespaces ? ['-A'] : option('-n', namespace ?? own)),
				...option('-l', selector),
			];
			return told(await ask('scan', ['-o', 'json', ...options], []), full, (report) =>
				scanBrief(report as ScanReport),
			);
		},
	);
}

function registerDns(server: McpServer, input: Inputs, {ask, own}: Serving): void {
	server.registerTool(
		'dns',
		{
			description: "What the cluster's DNS answers for a name, as the asking pod resolves it.",
			inputSchema: input.dns,
			annotations: readOnly,
		},
		async ({name, from, namespace, type, full, probe}) => {
			const options = [
				...option('--from', from),
				...option('-n', namespace ?? own),
				...option('--type', type),
				...(probe ? ['--probe'] : []),
			];
			return told(await ask('dns', ['-o', 'json', ...options], [name]), full, (report) =>
				dnsBrief(report as DnsReport),
			);
		},
	);
}

function registerOffline(server: McpServer, input: Inputs): void {
	server.registerTool(
		'explain',
		{
			description: 'What a finding code means, how to see it and how to fix it. Needs no cluster.',
			inputSchema: input.explain,
			annotations: {...readOnly, openWorldHint: false},
		},
		({code, full}) => told(explained(code), full, (entry) => explainBrief(entry as CatalogueEntry)),
	);
}

function registerChanges(server: McpServer, input: Inputs, changes: Changes): void {
	server.registerTool(
		'changes',
		{
			description:
				'Objects of the namespace that changed since this was first asked, newest first, field by field.',
			inputSchema: input.changes,
			annotations: {...readOnly, idempotentHint: false},
		},
		async ({full}) => ({content: [{type: 'text', text: await changes.tell(full === true)}]}),
	);
}

function option(name: string, value: string | undefined): readonly string[] {
	return value === undefined ? [] : name.startsWith('--') ? [`${name}=${value}`] : [`${name}${value}`];
}

function explained(word: string): Answer {
	const entry = Object.values(catalogue).find(
		({code, slug}) => code === word.toUpperCase() || code === `KNET${word}` || slug === word.toLowerCase(),
	);
	return entry
		? {code: 0, data: JSON.stringify(entry, undefined, 2), messages: ''}
		: {code: 2, data: '', messages: `There is no finding ${word}.`};
}

/** A refusal is a tool's error; a report is its brief, or all of it. */
function told({data, messages}: Answer, full: boolean | undefined, brief: (report: unknown) => string) {
	const text =
		full && data !== ''
			? JSON.stringify(JSON.parse(data))
			: withArgumentNames(data === '' ? messages : brief(JSON.parse(data)));
	return {content: [{type: 'text' as const, text: text.trimEnd()}], isError: data === ''};
}
