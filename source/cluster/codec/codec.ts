import type {Omitted} from '../../model/snapshot.ts';
import type {Wire} from '../../projection/wire.ts';

/** What a list says about itself. */
export type ListMeta = {
	readonly resourceVersion: string;
	/** Token of the next page; '' on the last. */
	readonly continue: string;
	/** Items left out because they were larger than `maximumItem`. */
	readonly omitted: readonly Omitted[];
};

/** One event of a watch, in the shape of the JSON API: `ADDED`, `MODIFIED`, `DELETED`, `BOOKMARK`, `ERROR`. */
export type WireEvent = {readonly type: string; readonly object: Wire};

/** Bytes of one page → its items, as they complete. Any chunking; throws `StreamError` on what is no list. */
export type ListDecoder = {
	push(chunk: Uint8Array, emit: (item: Wire) => void): void;
	/** To be called at the end of the bytes: a list cut short is an error, not a short list. */
	end(): ListMeta;
};

/** Bytes of a watch → its events. What was whole is emitted before `StreamError` is thrown. */
export type WatchDecoder = {
	push(chunk: Uint8Array, emit: (event: WireEvent) => void): void;
	end(): void;
};

/** One wire format of a kind: what to ask for, and how to read it. */
export type Codec = {
	readonly acceptList: string;
	readonly acceptWatch: string;
	/** `contentType` of the answer: a server may choose among what it was asked for. */
	list(contentType: string): ListDecoder;
	watch(contentType: string): WatchDecoder;
};

/** The most bytes of one object. etcd takes 1.5 MiB by default; clusters that raise this stay far below. */
export const maximumItem = 16 * 1024 * 1024;
