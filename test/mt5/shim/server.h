// The broker's server: money, fills, what becomes of positions. Written from the reference of MQL5, for hedging, netting and exchange
// accounts. Switches: ACCOUNT_MARGIN_MODE=hedging|netting|exchange, ACCOUNT_LEVERAGE, ACCOUNT_CURRENCY, ACCOUNT_LOGIN, ACCOUNT_DEPOSIT,
// COMMENT_LENGTH (31), SLIPPAGE (points against the order), STOP_OUT (margin level in percent, 50).
#pragma once
#include "view.h"

enum ENUM_ACCOUNT_MARGIN_MODE { ACCOUNT_MARGIN_MODE_RETAIL_NETTING, ACCOUNT_MARGIN_MODE_EXCHANGE, ACCOUNT_MARGIN_MODE_RETAIL_HEDGING };

namespace shim {

inline ENUM_ACCOUNT_MARGIN_MODE marginMode() {
  return static_cast<ENUM_ACCOUNT_MARGIN_MODE>(wordIn({"netting", "exchange", "hedging"}, textSwitch("ACCOUNT_MARGIN_MODE", "hedging")));
}
inline bool isHedging() { return marginMode() == ACCOUNT_MARGIN_MODE_RETAIL_HEDGING; }
inline std::string accountCurrency() { return textSwitch("ACCOUNT_CURRENCY", "USD"); }
inline double cents(double money) { return std::round(money * 100) / 100; }
inline double lots(double volume) { return std::round(volume * 1e8) / 1e8; }

/** The book of the account that is logged in; another login has another. */
inline Book &book() {
  static auto &books = *new std::map<std::string, std::unique_ptr<Book>>;
  static Book *current = nullptr;
  static ulong version = 0;
  if (version == switchVersion()) return *current;
  version = switchVersion();
  auto &found = books[textSwitch("ACCOUNT_LOGIN", "555111")];
  if (!found) {
    const std::string path = textSwitch("BROKER");
    if (path.empty()) critical("trading, but MQL_BROKER names no file");
    found = std::make_unique<Book>();
    found->open(path + "." + textSwitch("ACCOUNT_LOGIN", "555111"));
  }
  current = found.get();
  return *current;
}

inline double profitOf(const Symbol &s, int type, double volume, double open, double close) {
  return cents((type == 0 ? close - open : open - close) * volume * s.contract * rate(s.profit, accountCurrency()));
}
inline double marginOf(const Symbol &s, double volume, double price) {
  const double leverage = static_cast<double>(numberSwitch("ACCOUNT_LEVERAGE", 100));
  if (s.calculation == SYMBOL_CALC_MODE_FOREX) return cents(volume * s.contract / leverage * rate(s.base, accountCurrency()));
  return cents(volume * s.contract * price / leverage * rate(s.profit, accountCurrency()));
}
inline double closingPrice(const Symbol &s, int type) { return type == 0 ? s.bid : s.ask; }

/** Money of an account by a list of positions: the server's own or the terminal's. */
struct Money {
  double balance = 0, profit = 0, margin = 0;
  double equity() const { return cents(balance + profit); }
  double free() const { return cents(balance + profit - margin); }
  double level() const { return margin > 0 ? equity() / margin * 100 : 0; }
};
template <class P> Money moneyOf(double balance, const P &positions) {
  Money money;
  money.balance = cents(balance);
  for (const auto &[id, p] : positions) {
    const Symbol &s = symbolNamed(p.symbol);
    money.profit += profitOf(s, p.type, p.volume, p.price, closingPrice(s, p.type)) + p.swap;
    money.margin += marginOf(s, p.volume, p.price);
  }
  return money;
}

inline std::string cutComment(const std::string &comment) {
  return comment.substr(0, static_cast<size_t>(numberSwitch("COMMENT_LENGTH", 31)));
}

inline void putPosition(const Position &p) { book().put(p), seePosition(p); }
inline void dropPosition(ulong id) { book().removePosition(id), seeNoPosition(id); }
inline void putOrder(const Order &o, ENUM_TRADE_TRANSACTION_TYPE type) { book().put(o), seeOrder(o), tell(orderEvent(type, o)); }

/** An order that is done, in whatever way. */
inline void endOrder(Order order, ENUM_ORDER_STATE state) {
  order.state = state;
  order.doneMs = serverMs();
  book().toHistory(order);
  seeHistory(order);
  tell(orderEvent(TRADE_TRANSACTION_ORDER_DELETE, order));
  tell(orderEvent(TRADE_TRANSACTION_HISTORY_ADD, order));
}

inline Deal &addDeal(Deal &deal) {
  deal.ticket = book().nextTicket();
  deal.timeMs = serverMs();
  book().put(deal);
  seeDeal(deal);
  tell(dealEvent(deal));
  return deal;
}

inline Deal dealFor(const Order &order, double volume, double price) {
  Deal deal;
  deal.order = order.ticket;
  deal.magic = order.magic;
  deal.symbol = order.symbol;
  deal.comment = order.comment;
  deal.type = order.type % 2; // buys are even, sells are odd
  deal.reason = order.reason;
  deal.volume = volume;
  deal.price = price;
  deal.sl = order.sl;
  deal.tp = order.tp;
  deal.commission = -cents(volume * symbolNamed(order.symbol).commission);
  return deal;
}

inline Deal openPosition(const Order &order, double volume, double price) {
  Deal deal = dealFor(order, volume, price);
  deal.entry = DEAL_ENTRY_IN;
  deal.position = order.position;
  addDeal(deal);
  Position p;
  p.id = order.position;
  p.ticket = order.ticket;
  p.magic = order.magic;
  p.symbol = order.symbol;
  p.comment = order.comment;
  p.type = deal.type;
  p.reason = order.reason;
  p.volume = volume;
  p.price = price;
  p.sl = order.sl;
  p.tp = order.tp;
  p.openedMs = p.changedMs = serverMs();
  putPosition(p);
  return deal;
}

/** Closes a position or a part of it. */
inline Deal reduce(Position p, const Order &order, double volume, double price) {
  Deal deal = dealFor(order, volume, price);
  deal.entry = DEAL_ENTRY_OUT;
  deal.position = p.id;
  deal.profit = profitOf(symbolNamed(p.symbol), p.type, volume, p.price, price);
  deal.swap = cents(p.swap * volume / p.volume);
  addDeal(deal);
  p.swap = cents(p.swap - deal.swap);
  p.volume = lots(p.volume - volume);
  p.changedMs = serverMs();
  if (p.volume <= 0) dropPosition(p.id);
  else putPosition(p);
  return deal;
}

/** On netting: one position a symbol, which carries its last deal's magic; a reversal keeps the identifier and changes the ticket (E19). */
inline Deal net(Position p, const Order &order, double volume, double price) {
  const int type = order.type % 2;
  if (p.type == type) {
    Deal deal = dealFor(order, volume, price);
    deal.entry = DEAL_ENTRY_IN;
    deal.position = p.id;
    addDeal(deal);
    p.price = (p.price * p.volume + price * volume) / (p.volume + volume);
    p.volume = lots(p.volume + volume);
    p.magic = order.magic;
    p.comment = order.comment;
    if (order.sl > 0) p.sl = order.sl;
    if (order.tp > 0) p.tp = order.tp;
    p.changedMs = serverMs();
    putPosition(p);
    return deal;
  }
  if (volume <= p.volume) {
    if (volume < p.volume) p.magic = order.magic;
    return reduce(p, order, volume, price);
  }
  Deal deal = dealFor(order, volume, price);
  deal.entry = DEAL_ENTRY_INOUT;
  deal.position = p.id;
  deal.profit = profitOf(symbolNamed(p.symbol), p.type, p.volume, p.price, price);
  deal.swap = p.swap;
  addDeal(deal);
  p.type = type;
  p.volume = lots(volume - p.volume);
  p.price = price;
  p.swap = 0;
  p.ticket = order.ticket;
  p.magic = order.magic;
  p.comment = order.comment;
  p.sl = order.sl;
  p.tp = order.tp;
  p.changedMs = serverMs();
  putPosition(p);
  return deal;
}

inline Position *positionOf(const std::string &symbol) {
  for (auto &[id, each] : book().positions)
    if (each.symbol == symbol) return &each;
  return nullptr;
}

/** Fills a volume of an order at a price and leaves what becomes of the rest to the caller. */
inline Deal fill(Order &order, double volume, double price) {
  order.current = lots(order.current - volume);
  if (isHedging()) {
    if (order.position == 0) order.position = order.ticket;
    const auto found = book().positions.find(order.position);
    if (found == book().positions.end()) return openPosition(order, volume, price);
    // A further part of an order that was filled in part enlarges its position.
    if (found->second.type == order.type % 2) return net(found->second, order, volume, price);
    return reduce(found->second, order, std::min(volume, found->second.volume), price);
  }
  const Position *p = positionOf(order.symbol);
  if (order.position == 0) order.position = p ? p->id : order.ticket;
  return p ? net(*p, order, volume, price) : openPosition(order, volume, price);
}

inline double executionPrice(const Symbol &s, int type) {
  const double slip = static_cast<double>(numberSwitch("SLIPPAGE")) * s.point();
  return s.round(type % 2 == 0 ? s.ask + slip : s.bid - slip);
}

/** An order that the server makes by itself or for a person: SL, TP, stop-out, a manual close. */
inline void closeFor(const Position &p, int reason, double volume, double price, const std::string &comment) {
  Order order;
  order.ticket = book().nextTicket();
  order.symbol = p.symbol;
  order.type = p.type == 0 ? 1 : 0;
  order.reason = reason;
  order.comment = comment;
  order.position = p.id;
  order.initial = order.current = volume;
  order.price = price;
  order.magic = reason == ORDER_REASON_CLIENT ? 0 : p.magic;
  order.setupMs = serverMs();
  order.state = ORDER_STATE_STARTED;
  putOrder(order, TRADE_TRANSACTION_ORDER_ADD);
  fill(order, volume, price);
  endOrder(order, ORDER_STATE_FILLED);
}

inline void deposit(double money) {
  Deal deal;
  deal.type = DEAL_TYPE_BALANCE;
  deal.profit = money;
  addDeal(deal);
}

} // namespace shim
