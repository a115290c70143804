/** The contract's messages, both ways. */
export const messageChannel = 'bitten:message';
/** A page has begun: whatever a page before it was doing is over. */
export const openChannel = 'bitten:open';
/** One side has ended the conversation. */
export const closeChannel = 'bitten:close';
