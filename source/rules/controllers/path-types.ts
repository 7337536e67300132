export const pathTypes =
	'its own reading of ImplementationSpecific paths is not known to knet; Prefix is assumed';
