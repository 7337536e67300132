/** The API group of what knet itself writes: reports, recordings and dumps. Like `apps`, a word that no domain stands behind. */
export const ownApi = 'knet/v1alpha1';

/** What knet 0.1 wrote: still read. */
export const formerOwnApi = 'knet.dev/v1alpha1';
