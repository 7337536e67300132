import type {Connection} from './connection.ts';
import {readText} from './transport/body.ts';

/** What somebody wants to do, in RBAC's words. */
type Attributes = {
	readonly verb: string;
	/** '' is core. */
	readonly group: string;
	/** Plural. */
	readonly resource: string;
	readonly subresource?: string;
	/** Absent: in all namespaces. */
	readonly namespace?: string;
	readonly name?: string;
};

/**
Whether the user may (SelfSubjectAccessReview, authorization.k8s.io/v1, which everybody may ask). Changes nothing.
Rejects as `Connection.request`.
*/
export async function isAllowed(
	connection: Connection,
	attributes: Attributes,
	signal?: AbortSignal,
): Promise<boolean> {
	const response = await connection.request({
		method: 'POST',
		path: '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
		body: JSON.stringify({
			apiVersion: 'authorization.k8s.io/v1',
			kind: 'SelfSubjectAccessReview',
			spec: {resourceAttributes: attributes},
		}),
		signal,
	});
	const answer = JSON.parse(await readText(response.body)) as {
		readonly status?: {readonly allowed?: boolean};
	};
	return answer.status?.allowed === true;
}
