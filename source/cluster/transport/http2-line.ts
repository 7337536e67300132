import {connect, constants, type ClientHttp2Session} from 'node:http2';
import type {Socket} from 'node:net';
import {toTransportError, TransportError} from './errors.ts';
import {hasPeer} from './peer.ts';

/** How often a line is looked at. Milliseconds. */
const lookInterval = 1000;

/**
While streams are open: the looks without a byte after which the server is asked by a PING, and after which the line is
dead, within 30 s. Looks and not time, since a process that was suspended heard nothing meanwhile. client-go: PING after
30 s of silence, dead 15 s later; here a person wants to know at once how old the picture is.
*/
const looksUntilPing = 3;
const looksUntilDead = 28;

/** What the server may send unread: large, or a list over a long line would wait for every window update. */
const streamWindow = 4 * 1024 * 1024;
const connectionWindow = 16 * 1024 * 1024;

/** Streams on one connection until the server's SETTINGS say otherwise; API servers allow 100. */
const streamsAssumed = 100;

/** One HTTP/2 connection and what runs on it. */
export type Line = {
	readonly session: ClientHttp2Session;
	/** Streams open now. */
	active: number;
	/** No GOAWAY yet: takes new requests. */
	usable: boolean;
	/** Monotonic milliseconds of the last byte, to the second. It moves on while no stream is open: nobody waits for a byte then. */
	heardAt: number;
	/** How often it was looked at since then without a new byte. */
	silentLooks: number;
	/** The socket is closed, though its session may not know yet. */
	readonly isGone: () => boolean;
};

/** Starts HTTP/2 on a connection to `server` (`https://host:port`). It holds the process only while a request runs. */
export function openLine(socket: Socket, server: string): Line {
	const session = connect(server, {
		createConnection: () => socket,
		settings: {enablePush: false, initialWindowSize: streamWindow},
	});
	const line: Line = {
		session,
		active: 0,
		usable: true,
		heardAt: performance.now(),
		silentLooks: 0,
		isGone: () => socket.destroyed,
	};
	session.once('connect', () => {
		session.setLocalWindowSize(connectionWindow);
	});
	const leave = (): void => {
		line.usable = false;
	};
	// Running streams end with the error; a session without streams has nobody to tell.
	session.on('error', leave);
	session.once('goaway', leave);
	session.once('close', leave);
	session.unref();
	watchOver(line, socket, server);
	watchForReset(line, socket, server);
	watchForDrain(line);
	return line;
}

export function hasRoom(line: Line): boolean {
	const allowed = line.session.remoteSettings?.maxConcurrentStreams ?? streamsAssumed;
	return (
		line.usable &&
		!line.session.closed &&
		!line.session.destroyed &&
		line.active < Math.min(allowed, streamsAssumed)
	);
}

/** Counts a stream in; the returned function counts it out. */
export function occupy(line: Line): () => void {
	line.active += 1;
	// Node puts off ref() of a socket without a handle by a listener, one more for each call.
	if (line.active === 1 && !line.isGone()) {
		line.session.ref();
	}

	return () => {
		line.active -= 1;
		if (line.active === 0 && !line.session.destroyed && !line.isGone()) {
			line.session.unref();
		}
	};
}

/** Milliseconds without a byte, where the line was asked and has not answered. */
export function silenceOf(line: Line): number {
	return line.silentLooks > looksUntilPing ? performance.now() - line.heardAt : 0;
}

/**
A load balancer that forgot the flow answers nothing, for minutes: TCP alone would not tell. A PING crosses the whole
way to the server (RFC 9113 §6.7), however silent the watches are. Node's session takes the bytes itself; the socket
counts them.
*/
function watchOver(line: Line, socket: Socket, server: string): void {
	let read = 0;
	everyLook(line.session, () => {
		if (socket.bytesRead !== read || line.active === 0) {
			read = socket.bytesRead;
			line.heardAt = performance.now();
			line.silentLooks = 0;
			return;
		}

		line.silentLooks += 1;
		if (line.silentLooks === looksUntilPing) {
			ping(line.session, server);
		} else if (line.silentLooks === looksUntilDead) {
			line.session.destroy(notAnswering(line, server), constants.NGHTTP2_CANCEL);
		}
	});
}

/**
While it writes Node reads nothing, and of a write that failed because of a reset it tells nobody (seen with Node 24, in
some of a hundred resets of a busy connection): the session would stay open until a PING is missed, and one that was
closing would keep its socket for ever.
*/
function watchForReset({session}: Line, socket: Socket, server: string): void {
	everyLook(socket, () => {
		if (!hasPeer(socket)) {
			session.destroy(
				new TransportError('the connection was reset', {code: 'ECONNRESET', phase: 'response', server}),
			);
			socket.destroy();
		}
	});
}

/** Looks until `open` closes. Holds no process. */
function everyLook(open: Socket | ClientHttp2Session, look: () => void): void {
	const timer = setInterval(look, lookInterval);
	timer.unref();
	open.once('close', () => {
		clearInterval(timer);
	});
}

/** A server that allows no streams any more is about to go: what runs may end, nothing new begins, then it is closed. */
function watchForDrain(line: Line): void {
	line.session.on('remoteSettings', ({maxConcurrentStreams}) => {
		if (maxConcurrentStreams === 0) {
			line.usable = false;
			line.session.close();
		}
	});
}

function ping(session: ClientHttp2Session, server: string): void {
	if (!session.destroyed) {
		session.ping((error) => {
			if (error && !session.destroyed) {
				session.destroy(toTransportError(error, 'response', server));
			}
		});
	}
}

function notAnswering(line: Line, server: string): TransportError {
	return new TransportError('the connection does not answer', {
		code: 'ETIMEDOUT',
		phase: 'idle',
		server,
		silence: performance.now() - line.heardAt,
	});
}
