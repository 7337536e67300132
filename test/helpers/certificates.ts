import {Buffer} from 'node:buffer';
import {generateKeyPairSync, type KeyObject, randomBytes, sign} from 'node:crypto';
import {isIP, isIPv4} from 'node:net';

/** A certificate with its key, as PEM; `issue` signs others by it. */
export type Issued = {
	readonly cert: string;
	readonly key: string;
	issue(subject: string, options?: IssueOptions): Issued;
};

export type IssueOptions = {
	/** DNS names and IP addresses it is for. */
	readonly names?: readonly string[];
	readonly authority?: boolean;
	/** Seconds from now. */
	readonly notBefore?: number;
	readonly notAfter?: number;
};

/** A certificate authority, made for the test that asks. */
export function createAuthority(name = 'test authority'): Issued {
	return issueBy(undefined, name, {authority: true});
}

type Issuer = {readonly name: string; readonly key: KeyObject};

function issueBy(issuer: Issuer | undefined, subject: string, options: IssueOptions): Issued {
	const {publicKey, privateKey} = generateKeyPairSync('ec', {namedCurve: 'P-256'});
	const signer = issuer ?? {name: subject, key: privateKey};
	const body = sequence(
		tlv(0xa0, integer(Buffer.from([2]))),
		integer(Buffer.concat([Buffer.from([1]), randomBytes(8)])),
		signatureAlgorithm,
		nameOf(signer.name),
		sequence(time(options.notBefore ?? -3600), time(options.notAfter ?? 86_400)),
		nameOf(subject),
		publicKey.export({type: 'spki', format: 'der'}),
		tlv(0xa3, sequence(...extensions(options))),
	);
	const signature = sign('sha256', body, signer.key);
	const der = sequence(body, signatureAlgorithm, tlv(0x03, Buffer.from([0]), signature));
	return {
		cert: `-----BEGIN CERTIFICATE-----\n${der
			.toString('base64')
			.match(/.{1,64}/g)
			?.join('\n')}\n-----END CERTIFICATE-----\n`,
		key: privateKey.export({type: 'pkcs8', format: 'pem'}).toString(),
		issue: (name, inner = {}) => issueBy({name: subject, key: privateKey}, name, inner),
	};
}

/** X.690 tag, length, value. */
function tlv(tag: number, ...parts: readonly Buffer[]): Buffer {
	const value = Buffer.concat(parts);
	const length =
		value.length < 128
			? Buffer.from([value.length])
			: value.length < 256
				? Buffer.from([0x81, value.length])
				: Buffer.from([0x82, value.length >> 8, value.length & 0xff]);
	return Buffer.concat([Buffer.from([tag]), length, value]);
}

const sequence = (...parts: readonly Buffer[]): Buffer => tlv(0x30, ...parts);
const integer = (value: Buffer): Buffer => tlv(0x02, value);
const oid = (hex: string): Buffer => tlv(0x06, Buffer.from(hex, 'hex'));
const signatureAlgorithm = sequence(oid('2a8648ce3d040302'));

/** One common name. */
function nameOf(text: string): Buffer {
	return sequence(tlv(0x31, sequence(oid('550403'), tlv(0x0c, Buffer.from(text)))));
}

function time(seconds: number): Buffer {
	const text = new Date(Date.now() + seconds * 1000).toISOString();
	return tlv(0x17, Buffer.from(`${text.slice(2, 19).replaceAll(/\D/g, '')}Z`));
}

function extensions({authority = false, names = []}: IssueOptions): Buffer[] {
	const constraint = sequence(
		oid('551d13'),
		tlv(0x01, Buffer.from([0xff])),
		tlv(0x04, sequence(...(authority ? [tlv(0x01, Buffer.from([0xff]))] : []))),
	);
	const alternatives = sequence(oid('551d11'), tlv(0x04, sequence(...names.map(alternative))));
	return names.length === 0 ? [constraint] : [constraint, alternatives];
}

function alternative(name: string): Buffer {
	return isIP(name) === 0 ? tlv(0x82, Buffer.from(name)) : tlv(0x87, addressBytes(name));
}

function addressBytes(address: string): Buffer {
	return isIPv4(address)
		? Buffer.from(address.split('.').map(Number))
		: Buffer.concat([Buffer.alloc(15), Buffer.from([1])]);
}
