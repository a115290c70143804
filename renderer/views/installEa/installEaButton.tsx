import type { ReactElement } from 'react';
import { appStore } from '../../store/appStore.ts';
import { Button } from '../../ui/button.tsx';

/** Opens the installation of the desk's own EA for a bridge. */
export function InstallEaButton({ bridge, word = 'Install the EA' }: { bridge: string; word?: string }): ReactElement {
  return (
    <Button
      onClick={() => {
        appStore.setState({ installingEa: bridge });
      }}
    >
      {word}
    </Button>
  );
}
