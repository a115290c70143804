import { CircleHelp, Zap } from 'lucide-react';
import { Switch } from 'radix-ui';
import type { ReactElement } from 'react';
import type { TicketPreset, TicketSettings } from '../../../src/api/settings/ticketSettings.ts';
import { PresetMenu } from './fields/presetMenu.tsx';

/** Head of the ticket: presets, one-click, and the help on keys. */
export function TicketHead({
  connected,
  oneClick,
  onOneClick,
  onHelp,
  ...presets
}: {
  symbol: string;
  kept: TicketSettings;
  shown: TicketPreset | null;
  current: TicketPreset | null;
  currency: string | null;
  connected: boolean;
  oneClick: boolean;
  onApply: (preset: TicketPreset) => void;
  onKeep: (kept: TicketSettings) => void;
  onOneClick: (on: boolean) => void;
  onHelp: () => void;
}): ReactElement {
  return (
    <div className="flex min-h-6 items-center gap-1">
      <div className="min-w-0 flex-1">
        <PresetMenu {...presets} disabled={!connected} />
      </div>
      <Switch.Root
        aria-label="One-click"
        checked={oneClick}
        onCheckedChange={onOneClick}
        title={oneClick ? 'A press of Sell or Buy sends at once' : 'A press of Sell or Buy asks first'}
        className={`flex h-6 w-[7.25rem] items-center justify-center gap-1 rounded-[4px] border text-xs whitespace-nowrap ${oneClick ? 'border-quiet bg-quiet font-semibold text-surface' : 'border-line bg-raised text-muted hover:text-text'}`}
      >
        <Zap className="size-3.5" aria-hidden="true" fill={oneClick ? 'currentColor' : 'none'} />
        One-click {oneClick ? 'ON' : 'off'}
      </Switch.Root>
      <button
        type="button"
        aria-label="Keyboard shortcuts"
        title="Keyboard shortcuts (?)"
        onClick={onHelp}
        className="flex size-6 shrink-0 items-center justify-center rounded-[4px] text-muted hover:bg-raised hover:text-text"
      >
        <CircleHelp className="size-4" aria-hidden="true" />
      </button>
    </div>
  );
}
