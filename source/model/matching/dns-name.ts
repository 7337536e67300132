/** validation.IsDNS1123Subdomain of Kubernetes: labels of small letters, digits and dashes, with dots between them. */
export function isSubdomain(name: string): boolean {
	return name.length <= 253 && labels.test(name);
}

const labels = /^[\da-z](?:[-\da-z]*[\da-z])?(?:\.[\da-z](?:[-\da-z]*[\da-z])?)*$/u;
