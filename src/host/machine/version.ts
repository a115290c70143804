import packageJson from '../../../package.json' with { type: 'json' };

/** This app's version. */
export const { version } = packageJson;
