import * as z from 'zod';

const full = z.boolean().optional().describe('the whole report as JSON instead of a brief');
const namespace = z.string().min(1).optional().describe('namespace; absent: that of the context');
const from = z.string().min(1).optional().describe('external[:IP], pod/NAME, deploy/NAME or node/NAME');

/** What the tools take. Without --allow-probes there is nothing to ask for that sends requests. */
export function inputs(mayProbe: boolean) {
	const probe = (mayProbe ? z.boolean() : z.undefined())
		.optional()
		.describe('gather evidence first: sends DNS, TCP, TLS and HTTP requests through the API server');
	const probing = mayProbe ? {probe} : {};
	return {
		trace: z.object({
			target: z
				.string()
				.min(1)
				.describe('https://host/path, svc/NAME[:PORT], deploy/NAME, ing/NAME, pod/NAME:PORT, gateway/NAME'),
			from,
			namespace,
			method: z.string().optional(),
			headers: z.array(z.string()).optional().describe("each 'name: value'"),
			full,
			...(probing as {readonly probe: z.ZodOptional<z.ZodBoolean>}),
		}),
		scan: z.object({
			namespace,
			allNamespaces: z.boolean().optional(),
			selector: z.string().optional().describe('labels, as kubectl -l takes them'),
			full,
		}),
		dns: z.object({
			name: z.string().min(1),
			from,
			namespace,
			type: z.string().optional().describe('A, AAAA, SRV, PTR, CNAME'),
			full,
			...(probing as {readonly probe: z.ZodOptional<z.ZodBoolean>}),
		}),
		explain: z.object({code: z.string().min(1).describe('KNET503, 503 or the slug'), full}),
		changes: z.object({full}),
	};
}
