import type {Credential, CredentialSource} from './credential.ts';

/**
Tells when the client certificate is another one than before: connections are known by the old one, so requests must go
over new ones (client-go closes them, exec.refreshCredsLocked).
*/
export function followCertificate(source: CredentialSource, onChange: () => void): CredentialSource {
	let known: string | undefined;
	const note = (credential: Credential): Credential => {
		const certificate = credential.certificate?.cert.toString() ?? '';
		if (known !== undefined && certificate !== known) {
			onChange();
		}

		known = certificate;
		return credential;
	};
	return {
		async current() {
			return note(await source.current());
		},
		async renew(refused) {
			const renewed = await source.renew(refused);
			return renewed && note(renewed);
		},
	};
}
