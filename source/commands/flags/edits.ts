import {UserError} from '../../errors.ts';
import {objectOf} from '../../feeds/file/apply-objects.ts';
import {inputFiles} from '../../feeds/file/input-files.ts';
import {readDocuments} from '../../feeds/file/read-documents.ts';
import {clusterScoped, factsOf, kindsThat, type Kind} from '../../model/kinds.ts';
import {text} from '../../projection/wire.ts';
import type {Edit, ScalableKind} from '../../what-if/edit.ts';
import type {Flags} from './flags.ts';

/** The edits that flags name. Rejects with `UserError`. `say`: what was left out. */
export async function editsOf(
	flags: Flags,
	namespace: string,
	say: (text: string) => void,
): Promise<readonly Edit[]> {
	const files = flags.over === undefined ? [] : (flags.filename ?? []);
	const edits = [
		...(await Promise.all(files.map(async (name) => fileEdits(name, namespace, say)))).flat(),
		...(flags.scale ?? []).map((word) => scaleEdit(word, namespace)),
		...(flags.drain ?? []).map((node): Edit => ({type: 'drain', node: node.replace(/^nodes?\//u, '')})),
		...(flags.without ?? []).map((word) => deleteEdit(word, namespace)),
	];
	if (edits.length === 0) {
		throw new UserError(
			'--over lays changes over a cluster, and there are none.',
			'Give manifests with -f, or --scale, --drain or --without.',
		);
	}

	return edits;
}

/** The manifests of a file, a directory or an archive, as `kubectl apply` takes them. */
async function fileEdits(
	name: string,
	namespace: string,
	say: (text: string) => void,
): Promise<readonly Edit[]> {
	const edits: Edit[] = [];
	for await (const file of inputFiles(name)) {
		const faults = readDocuments(file.text, file.name, (wire) => {
			const found = objectOf(wire, namespace);
			if (found) {
				edits.push({type: 'apply', ...found});
			} else {
				say(
					`warning: left out: knet does not follow the kind ${text(wire['kind']) || 'of a document'} of ${file.name}.\n`,
				);
			}
		});
		faults.forEach((fault) => say(`warning: left out: ${fault.text}\n`));
	}

	if (edits.length === 0) {
		throw new UserError(`${name} holds no object of a kind that knet follows.`);
	}

	return edits;
}

const scalable: readonly ScalableKind[] = ['Deployment', 'StatefulSet', 'ReplicaSet'];

/** `deploy/api=3`, `NAMESPACE/NAME` as everywhere. */
function scaleEdit(word: string, namespace: string): Edit {
	const [, name = '', number = ''] = /^(.+)=(\d{1,5})$/u.exec(word) ?? [];
	const place = named(name, namespace);
	const kind = scalable.find((each) => each === place?.kind);
	if (!kind || !place) {
		throw new UserError(`--scale ${word} is not KIND/NAME=N.`, 'For example: --scale deploy/api=0.');
	}

	return {...place, type: 'scale', kind, replicas: Number(number)};
}

/** `netpol/deny-all`, `svc/shop/api`. */
function deleteEdit(word: string, namespace: string): Edit {
	const found = named(word, namespace);
	if (!found) {
		throw new UserError(`--without ${word} is not KIND/NAME.`, 'For example: --without netpol/deny-all.');
	}

	return {type: 'delete', ...found};
}

/** kubectl's short names. */
const short: Readonly<Record<string, Kind>> = {
	deploy: 'Deployment',
	sts: 'StatefulSet',
	ds: 'DaemonSet',
	rs: 'ReplicaSet',
	svc: 'Service',
	ing: 'Ingress',
	po: 'Pod',
	no: 'Node',
	netpol: 'NetworkPolicy',
	cnp: 'CiliumNetworkPolicy',
	ccnp: 'CiliumClusterwideNetworkPolicy',
	gtw: 'Gateway',
};

type Place = {readonly kind: Kind; readonly namespace: string; readonly name: string};

function named(word: string, namespace: string): Place | undefined {
	const [type = '', ...rest] = word.split('/');
	const lower = type.toLowerCase();
	const kind =
		short[lower] ??
		kindsThat(() => true).find((each) => each.toLowerCase() === lower || factsOf(each).plural === lower);
	const name = rest.at(-1);
	if (!kind || !name || rest.length > 2 || rest.includes('')) {
		return undefined;
	}

	return {kind, namespace: clusterScoped.has(kind) ? '' : rest.length === 2 ? rest[0]! : namespace, name};
}

/**
What a person types after `:what-if`: `scale KIND/NAME=N`, also as kubectl has it (`scale KIND/NAME --replicas=N`), `drain NODE`,
`without KIND/NAME`, or a file of manifests.
*/
export async function typedEdits(text: string, namespace: string): Promise<readonly Edit[]> {
	const [, word, rest = ''] = /^(scale|drain|without)\s+(.+)$/u.exec(text) ?? [];
	const said = word === 'scale' ? rest.replace(/\s+(?:to\s+|--replicas[=\s]\s*)?(?=\d+$)/u, '=') : rest;
	return editsOf(
		word === undefined ? {over: 'live', filename: [text]} : {[word]: [said]},
		namespace,
		() => {},
	);
}
