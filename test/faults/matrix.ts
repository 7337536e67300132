/** A test that injects a fault: its file below `test/`, and its title. */
export type Proof = readonly [file: string, title: string];

const stream = (title: string): Proof => ['faults/api-stream.test.ts', title];
const raw = (title: string): Proof => ['faults/raw-bytes.test.ts', title];
const terminal = (title: string): Proof => ['faults/terminal.test.ts', title];

/** What can go wrong between a cluster, the network, a terminal and knet, and the tests that make it happen. */
export const faults: Readonly<Record<number, {readonly what: string; readonly proofs: readonly Proof[]}>> = {
	1: {
		what: 'a list fails once with 500',
		proofs: [stream('a list that fails once (500) comes after a wait')],
	},
	2: {
		what: 'a list is throttled with Retry-After',
		proofs: [
			stream('a throttled list waits exactly as long as the server says'),
			['cluster-feed/step.test.ts', 'heeds Retry-After ten times, then waits on its own account'],
		],
	},
	3: {
		what: 'a list hangs without a byte',
		proofs: [
			['cluster-access/transport/silence.test.ts', 'fails when its answer does not begin within 40 s'],
			raw('a list that begins late is said, and is whole when it comes'),
		],
	},
	4: {what: 'a list is cut in its body', proofs: [raw('a list that is cut in the middle leaves no trace')]},
	5: {
		what: 'a list comes in pages, a slow one among them',
		proofs: [
			stream('pages are one list'),
			['cluster-feed/slow-list.test.ts', 'keeps the pages that it has when the next one is slow'],
		],
	},
	6: {
		what: 'a continue token expires',
		proofs: [stream('a continue token that expired starts the list again')],
	},
	7: {
		what: 'a list of many objects in one body',
		proofs: [raw('a list of 50,000 in one body is read as it comes')],
	},
	8: {what: 'a watch is throttled', proofs: [stream('a throttled watch waits and lists nothing')]},
	9: {what: 'a watch fails with 500', proofs: [stream('a watch that fails (%i) goes on from its version')]},
	10: {
		what: 'a token expires under many watches',
		proofs: [
			[
				'cluster-access/authentication.test.ts',
				'a 401 is answered with a fresh credential, fetched once for all requests',
			],
		],
	},
	11: {
		what: 'a stream is reset',
		proofs: [
			stream('a watch that is cut goes on from its last event'),
			[
				'cluster-access/transport/reset.test.ts',
				'a reset that Node does not tell of ends an HTTP/2 connection within two seconds',
			],
		],
	},
	12: {
		what: 'watches end at once, again and again',
		proofs: [stream('a watch that ends at once, again and again, is opened less and less often')],
	},
	13: {
		what: 'an event says 410',
		proofs: [stream('a watch that is gone (410 as an event) is listed from its version')],
	},
	14: {what: 'a storm of 410', proofs: [stream('in a storm of 50 times 410 there is one list a wait')]},
	15: {
		what: 'an ERROR event on a stream that is left open',
		proofs: [stream('a watch left open after an ERROR event is closed from here and goes on')],
	},
	16: {what: 'garbage in a watch', proofs: [stream('%s in a watch is a broken watch: no event is lost')]},
	17: {
		what: 'events split at every byte',
		proofs: [
			['cluster-feed/json-codec.test.ts', 'may be cut at every byte'],
			['cluster-feed/protobuf-codec.test.ts', 'may be cut at every byte'],
		],
	},
	18: {
		what: 'very large objects',
		proofs: [
			['cluster-feed/json-codec.test.ts', 'leaves out an object that is larger than the bound, and names it'],
			[
				'cluster-feed/scopes.test.ts',
				'an object that is too large is unknown, and others of its namespace are missing or found as ever',
			],
		],
	},
	19: {
		what: 'bookmarks alone',
		proofs: [stream('a watch that only brought bookmarks goes on from the last, without a list')],
	},
	20: {what: 'no bookmarks', proofs: [stream('a watch without bookmarks goes on from its list')]},
	21: {
		what: 'old events, and replicas that lag behind',
		proofs: [
			stream('old events once more change nothing'),
			stream('a replica that lags behind is waited for'),
		],
	},
	22: {
		what: 'an object made again under its name in a gap',
		proofs: [stream('an object made again under its name while nobody watched is the new one')],
	},
	23: {
		what: 'an object changed twice in a gap',
		proofs: [stream('an object that changed twice in a gap ends up in its last state')],
	},
	24: {
		what: 'a WatchList that is refused, ignored or cut',
		proofs: [
			stream('a server without WatchList is listed, and asked for one no more'),
			stream('a WatchList that ends before its bookmark leaves no trace'),
			stream('a WatchList whose bookmark never comes gives way to a list after four seconds of silence'),
		],
	},
	25: {what: 'gzip of several members', proofs: [raw('a WatchList may come as several gzip members')]},
	26: {
		what: 'the API server is away and comes back',
		proofs: [stream('an API server that restarts is found again within seconds, and nothing is listed')],
	},
	27: {
		what: 'API servers restart one by one (GOAWAY)',
		proofs: [
			[
				'cluster-access/transport/reuse.test.ts',
				'leaves a connection after GOAWAY, and lets its streams end',
			],
			[
				'cluster-access/transport/reset.test.ts',
				'a server that allows no streams (it drains) keeps no connection, however often it is tried',
			],
		],
	},
	28: {
		what: 'a flow is dropped silently',
		proofs: [
			['cluster-access/transport/silence.test.ts', 'is opened again over a new connection'],
			[
				'cluster-access/transport/silence.test.ts',
				'that cannot be opened again fails 15 s later: 40 s in all',
			],
			[
				'cli/watch.test.ts',
				'trace -w says when the picture became too old to tell, though nothing more is heard',
			],
		],
	},
	29: {
		what: 'the clock of the wall jumps',
		proofs: [
			[
				'cluster-access/credentials/exec-source.test.ts',
				'that failed is asked again in time although the wall clock was set back',
			],
		],
	},
	30: {
		what: 'clocks differ',
		proofs: [
			[
				'cluster-access/credentials/exec-source.test.ts',
				'is believed over a wrong clock: one that is over on arrival is used until a 401',
			],
		],
	},
	31: {
		what: 'an exec plugin hangs, fails, prints without end, or asks',
		proofs: [
			['cluster-access/credentials/exec-source.test.ts', 'that prints without end is ended, and said to'],
			['cluster-access/credentials/exec-source.test.ts', 'that hangs is ended after a minute'],
			[
				'cluster-access/credentials/exec-source.test.ts',
				'that must ask is refused while no terminal is free',
			],
		],
	},
	32: {
		what: 'the kubeconfig is rewritten or removed',
		proofs: [
			['cluster-access/connect.test.ts', 'goes on when the kubeconfig is rewritten or removed meanwhile'],
		],
	},
	33: {
		what: 'a proxy dies and comes back',
		proofs: [
			[
				'cluster-access/transport/proxy.test.ts',
				'that dies breaks what runs, and when it is back requests work again',
			],
		],
	},
	34: {
		what: 'a list is allowed in some namespaces only',
		proofs: [['cluster-feed/scopes.test.ts', 'the namespaces known are tried one by one']],
	},
	35: {
		what: 'a right is taken away',
		proofs: [['cluster-feed/step.test.ts', 'that is forbidden three times lets go what was held']],
	},
	36: {
		what: 'a CRD is installed later',
		proofs: [
			[
				'cluster-feed/scopes.test.ts',
				'is absent without being asked for, and found within two minutes of being installed',
			],
		],
	},
	37: {
		what: 'a CRD is removed in mid-watch',
		proofs: [['cluster-feed/scopes.test.ts', 'that is removed while it is watched is let go']],
	},
	38: {
		what: 'namespaces may not be listed',
		proofs: [['faults/authorisation.test.ts', 'namespaces that may not be listed leave the rest as it is']],
	},
	39: {what: 'the terminal is gone', proofs: [terminal('a terminal that is gone ends knet')]},
	40: {
		what: 'the terminal stalls',
		proofs: [
			terminal('a terminal that stalls is shown what is true once it reads again'),
			[
				'session/worker/remote-session.test.ts',
				'sends no more than one message ahead of a terminal that stalls',
			],
		],
	},
	41: {
		what: 'a storm of sizes, and a terminal without a screen',
		proofs: [
			terminal(
				'after a storm of sizes, or one that is taken back before knet looks, the screen is whole again',
			),
			['cli/terminal.test.ts', 'a dumb terminal gets text, and is told why'],
		],
	},
	42: {
		what: 'the program ends in any way that can be caught',
		proofs: [
			terminal('%s gives the terminal back'),
			['session/worker/supervised-session.test.ts', 'that hangs is ended, and another goes on where it was'],
		],
	},
};
