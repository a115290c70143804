// The history: nothing is there until it is selected, and selecting one deal or order drops the others.
#pragma once
#include "positions.h"

namespace shim {

struct History {
  std::vector<Order> orders;
  std::vector<Deal> deals;
};
inline History &history() {
  static auto &history = *new History;
  return history;
}
/** @param items by ticket in ascending order */
template <class T> const T *withTicket(const std::vector<T> &items, ulong ticket) {
  const auto found = std::lower_bound(items.begin(), items.end(), ticket, [](const T &each, ulong sought) { return each.ticket < sought; });
  return found == items.end() || found->ticket != ticket ? nullptr : &*found;
}
inline const Deal *dealWith(ulong ticket) {
  const Deal *deal = withTicket(history().deals, ticket);
  if (!deal) fail(ERR_TRADE_DEAL_NOT_FOUND);
  return deal;
}
inline const Order *pastOrder(ulong ticket) {
  const Order *order = withTicket(history().orders, ticket);
  if (!order) fail(ERR_TRADE_ORDER_NOT_FOUND);
  return order;
}
inline bool selectHistory(const std::function<bool(const Order &)> &order, const std::function<bool(const Deal &)> &deal) {
  history() = History();
  for (const auto &[ticket, each] : view().history)
    if (order(each)) history().orders.push_back(each);
  for (const auto &[ticket, each] : view().deals)
    if (deal(each)) history().deals.push_back(each);
  return true;
}

inline long read(const Deal &d, ENUM_DEAL_PROPERTY_INTEGER property) {
  switch (property) {
  case DEAL_TICKET: return static_cast<long>(d.ticket);
  case DEAL_ORDER: return static_cast<long>(d.order);
  case DEAL_TIME: return d.timeMs / 1000;
  case DEAL_TIME_MSC: return d.timeMs;
  case DEAL_TYPE: return d.type;
  case DEAL_ENTRY: return d.entry;
  case DEAL_MAGIC: return static_cast<long>(d.magic);
  case DEAL_REASON: return d.reason;
  case DEAL_POSITION_ID: return static_cast<long>(d.position);
  }
  return 0;
}
inline double read(const Deal &d, ENUM_DEAL_PROPERTY_DOUBLE property) {
  switch (property) {
  case DEAL_VOLUME: return d.volume;
  case DEAL_PRICE: return d.price;
  case DEAL_COMMISSION: return d.commission;
  case DEAL_SWAP: return d.swap;
  case DEAL_PROFIT: return d.profit;
  case DEAL_FEE: return 0;
  case DEAL_SL: return d.sl;
  case DEAL_TP: return d.tp;
  }
  return 0;
}

} // namespace shim

/** Server times, in seconds. */
inline bool HistorySelect(datetime from, datetime to) {
  return shim::selectHistory([from, to](const shim::Order &o) { return o.setupMs / 1000 >= from && o.setupMs / 1000 <= to; },
                             [from, to](const shim::Deal &d) { return d.timeMs / 1000 >= from && d.timeMs / 1000 <= to; });
}
inline bool HistorySelectByPosition(long id) {
  const ulong position = static_cast<ulong>(id);
  return shim::selectHistory([position](const shim::Order &o) { return o.position == position || o.ticket == position || o.positionBy == position; },
                             [position](const shim::Deal &d) { return d.position == position && position != 0; });
}
inline bool HistoryDealSelect(ulong ticket) {
  shim::history().deals.clear();
  const auto found = shim::view().deals.find(ticket);
  if (found == shim::view().deals.end()) return shim::fail(ERR_TRADE_DEAL_NOT_FOUND);
  shim::history().deals.push_back(found->second);
  return true;
}
inline bool HistoryOrderSelect(ulong ticket) {
  shim::history().orders.clear();
  const auto found = shim::view().history.find(ticket);
  if (found == shim::view().history.end()) return shim::fail(ERR_TRADE_ORDER_NOT_FOUND);
  shim::history().orders.push_back(found->second);
  return true;
}
inline int HistoryDealsTotal() { return static_cast<int>(shim::history().deals.size()); }
inline int HistoryOrdersTotal() { return static_cast<int>(shim::history().orders.size()); }
inline ulong HistoryDealGetTicket(int index) { return index >= 0 && index < HistoryDealsTotal() ? shim::history().deals[static_cast<size_t>(index)].ticket : 0; }
inline ulong HistoryOrderGetTicket(int index) { return index >= 0 && index < HistoryOrdersTotal() ? shim::history().orders[static_cast<size_t>(index)].ticket : 0; }

inline bool HistoryDealGetInteger(ulong ticket, ENUM_DEAL_PROPERTY_INTEGER property, long &value) {
  const shim::Deal *deal = shim::dealWith(ticket);
  return shim::give(value, deal != nullptr, deal ? shim::read(*deal, property) : 0);
}
inline bool HistoryDealGetDouble(ulong ticket, ENUM_DEAL_PROPERTY_DOUBLE property, double &value) {
  const shim::Deal *deal = shim::dealWith(ticket);
  return shim::give(value, deal != nullptr, deal ? shim::read(*deal, property) : 0.0);
}
inline bool HistoryDealGetString(ulong ticket, ENUM_DEAL_PROPERTY_STRING property, string &value) {
  const shim::Deal *deal = shim::dealWith(ticket);
  return shim::give(value, deal != nullptr, string(!deal ? "" : property == DEAL_SYMBOL ? deal->symbol : property == DEAL_COMMENT ? deal->comment : ""));
}
inline bool HistoryOrderGetInteger(ulong ticket, ENUM_ORDER_PROPERTY_INTEGER property, long &value) {
  const shim::Order *order = shim::pastOrder(ticket);
  return shim::give(value, order != nullptr, order ? shim::read(*order, property) : 0);
}
inline bool HistoryOrderGetDouble(ulong ticket, ENUM_ORDER_PROPERTY_DOUBLE property, double &value) {
  const shim::Order *order = shim::pastOrder(ticket);
  return shim::give(value, order != nullptr, order ? shim::read(*order, property) : 0.0);
}
inline bool HistoryOrderGetString(ulong ticket, ENUM_ORDER_PROPERTY_STRING property, string &value) {
  const shim::Order *order = shim::pastOrder(ticket);
  return shim::give(value, order != nullptr, order ? shim::read(*order, property) : string(""));
}

#define MQL_VALUE(Function, Property, type, none)            \
  inline type Function(ulong ticket, Property property) {    \
    type value = none;                                       \
    Function(ticket, property, value);                       \
    return value;                                            \
  }
MQL_VALUE(HistoryDealGetInteger, ENUM_DEAL_PROPERTY_INTEGER, long, 0)
MQL_VALUE(HistoryDealGetDouble, ENUM_DEAL_PROPERTY_DOUBLE, double, 0)
MQL_VALUE(HistoryDealGetString, ENUM_DEAL_PROPERTY_STRING, string, string(""))
MQL_VALUE(HistoryOrderGetInteger, ENUM_ORDER_PROPERTY_INTEGER, long, 0)
MQL_VALUE(HistoryOrderGetDouble, ENUM_ORDER_PROPERTY_DOUBLE, double, 0)
MQL_VALUE(HistoryOrderGetString, ENUM_ORDER_PROPERTY_STRING, string, string(""))
