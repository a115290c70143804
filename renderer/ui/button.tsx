import type { ButtonHTMLAttributes, ReactElement } from 'react';

const kinds = {
  plain: 'border border-line bg-raised text-text enabled:hover:border-strong-line',
  primary: 'border border-transparent bg-buy text-on-trade enabled:hover:bg-buy-hover',
  buy: 'border border-transparent bg-buy text-on-trade enabled:hover:bg-buy-hover',
  sell: 'border border-transparent bg-sell text-on-trade enabled:hover:bg-sell-hover',
} as const;

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  kind?: keyof typeof kinds;
  'data-autofocus'?: boolean | undefined;
  'data-confirm'?: boolean;
  'data-cancel'?: boolean;
  'data-anew'?: boolean;
}

export function Button({ kind = 'plain', className = '', type = 'button', ...rest }: ButtonProps): ReactElement {
  return (
    <button
      type={type}
      className={`inline-flex h-8 shrink-0 items-center justify-center gap-2 rounded-[6px] px-3 text-sm font-medium disabled:opacity-50 ${kinds[kind]} ${className}`}
      {...rest}
    />
  );
}
