import type {Socket} from 'node:net';
import {getSystemErrorName} from 'node:util';

type Handle = {getpeername?(address: object): number};

/**
Whether the kernel still knows who is at the other end of a connection: after a reset it does not (getpeername(2) says
ENOTCONN, on macOS EINVAL). It needs no byte to be read or written. `remoteAddress` would not do, which Node remembers.
*/
export function hasPeer(socket: Socket): boolean {
	const {_handle: handle} = socket as Socket & {readonly _handle?: Handle | null};
	const code = handle?.getpeername?.({}) ?? 0;
	return code === 0 || !['ENOTCONN', 'EINVAL'].includes(getSystemErrorName(code));
}
