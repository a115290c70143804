import { exitCodes } from './exitCodes.ts';
import type { Register } from './register.ts';
import { withApp } from './withApp.ts';

/** `open` */
export const register: Register = (program, options) => {
  program
    .command('open')
    .description('print a new link to the dashboard, valid once')
    .action(() =>
      withApp(options(), async (client, { print, fail }) => {
        const { url } = await client.call('dashboardLink', null);
        if (url === null) return fail('The app was started with --no-http, so it has no dashboard for the browser.');
        print({ url }, url);
        return exitCodes.done;
      }),
    );
};
