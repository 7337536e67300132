/** Features of upstream that knet does not model, with the reason: their cases are skipped, and no others. */
export const skippedFeatures: Readonly<Record<string, string>> = {};
