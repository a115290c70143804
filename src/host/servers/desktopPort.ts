import { ContractFailure } from '../../api/contractFailure.ts';

/** Functions of the desktop shell for its windows. Each returns null, or why it was not done and what to do. */
export interface DesktopPort {
  openLogFolder: () => Promise<string | null>;
  showCompactTicket: () => Promise<string | null>;
  testNotification: () => Promise<string | null>;
}

const noDesktop = 'This desk runs without the desktop app, so that is not possible from here.';

/** @throws ContractFailure `not_possible` */
export async function callDesktop(action: (() => Promise<string | null>) | undefined): Promise<null> {
  const why = action === undefined ? noDesktop : await action();
  if (why !== null) throw new ContractFailure({ code: 'not_possible', message: why });
  return null;
}
