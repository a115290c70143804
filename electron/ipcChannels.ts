/** Messages of the contract, both ways. */
export const messageChannel = 'bitten:message';
/** A page has started; the conversation of the former page is over. */
export const openChannel = 'bitten:open';
/** One side ends the conversation. */
export const closeChannel = 'bitten:close';
