// Positions and orders of the terminal's lists, one at a time: a property is that of the one selected last, as it was then.
#pragma once
#include "orders.h"

namespace shim {

struct Selected {
  bool hasPosition = false, hasOrder = false;
  Position position;
  Order order;
};
inline Selected &selected() {
  static auto &selected = *new Selected;
  return selected;
}
template <class T> const T *itemAt(const std::map<ulong, T> &items, int index) {
  if (index < 0 || index >= static_cast<int>(items.size())) return nullptr;
  return &std::next(items.begin(), index)->second;
}
inline bool selectPosition(const Position *p) {
  selected().hasPosition = p != nullptr;
  if (p) selected().position = *p;
  return p != nullptr || fail(ERR_TRADE_POSITION_NOT_FOUND);
}
inline bool selectOrder(const Order *o) {
  selected().hasOrder = o != nullptr;
  if (o) selected().order = *o;
  return o != nullptr || fail(ERR_TRADE_ORDER_NOT_FOUND);
}
template <class T> bool give(T &variable, bool isThere, T value) {
  if (isThere) variable = value;
  return isThere;
}

inline long read(const Order &o, ENUM_ORDER_PROPERTY_INTEGER property) {
  switch (property) {
  case ORDER_TICKET: return static_cast<long>(o.ticket);
  case ORDER_TIME_SETUP: return o.setupMs / 1000;
  case ORDER_TYPE: return o.type;
  case ORDER_STATE: return o.state;
  case ORDER_TIME_EXPIRATION: return o.expiration;
  case ORDER_TIME_DONE: return o.doneMs / 1000;
  case ORDER_TIME_SETUP_MSC: return o.setupMs;
  case ORDER_TIME_DONE_MSC: return o.doneMs;
  case ORDER_TYPE_FILLING: return o.filling;
  case ORDER_TYPE_TIME: return o.timeType;
  case ORDER_MAGIC: return static_cast<long>(o.magic);
  case ORDER_REASON: return o.reason;
  case ORDER_POSITION_ID: return static_cast<long>(o.position);
  case ORDER_POSITION_BY_ID: return static_cast<long>(o.positionBy);
  }
  return 0;
}
inline double read(const Order &o, ENUM_ORDER_PROPERTY_DOUBLE property) {
  switch (property) {
  case ORDER_VOLUME_INITIAL: return o.initial;
  case ORDER_VOLUME_CURRENT: return o.current;
  case ORDER_PRICE_OPEN: return o.price;
  case ORDER_SL: return o.sl;
  case ORDER_TP: return o.tp;
  case ORDER_PRICE_CURRENT: return o.type % 2 == 0 ? symbolNamed(o.symbol).ask : symbolNamed(o.symbol).bid;
  case ORDER_PRICE_STOPLIMIT: return o.stopLimit;
  }
  return 0;
}
inline string read(const Order &o, ENUM_ORDER_PROPERTY_STRING property) {
  return string(property == ORDER_SYMBOL ? o.symbol : property == ORDER_COMMENT ? o.comment : std::string());
}

inline long read(const Position &p, ENUM_POSITION_PROPERTY_INTEGER property) {
  switch (property) {
  case POSITION_TICKET: return static_cast<long>(p.ticket);
  case POSITION_TIME: return p.openedMs / 1000;
  case POSITION_TIME_MSC: return p.openedMs;
  case POSITION_TIME_UPDATE: return p.changedMs / 1000;
  case POSITION_TIME_UPDATE_MSC: return p.changedMs;
  case POSITION_TYPE: return p.type;
  case POSITION_MAGIC: return static_cast<long>(p.magic);
  case POSITION_IDENTIFIER: return static_cast<long>(p.id);
  case POSITION_REASON: return p.reason;
  }
  return 0;
}
inline double read(const Position &p, ENUM_POSITION_PROPERTY_DOUBLE property) {
  const Symbol &s = symbolNamed(p.symbol);
  switch (property) {
  case POSITION_VOLUME: return p.volume;
  case POSITION_PRICE_OPEN: return p.price;
  case POSITION_SL: return p.sl;
  case POSITION_TP: return p.tp;
  case POSITION_PRICE_CURRENT: return closingPrice(s, p.type);
  case POSITION_SWAP: return p.swap;
  case POSITION_PROFIT: return profitOf(s, p.type, p.volume, p.price, closingPrice(s, p.type));
  }
  return 0;
}
inline string read(const Position &p, ENUM_POSITION_PROPERTY_STRING property) {
  return string(property == POSITION_SYMBOL ? p.symbol : property == POSITION_COMMENT ? p.comment : std::string());
}

} // namespace shim

inline int PositionsTotal() { return static_cast<int>(shim::view().positions.size()); }
inline ulong PositionGetTicket(int index) {
  const shim::Position *p = shim::itemAt(shim::view().positions, index);
  return shim::selectPosition(p) ? p->ticket : 0;
}
inline string PositionGetSymbol(int index) {
  const shim::Position *p = shim::itemAt(shim::view().positions, index);
  return shim::selectPosition(p) ? string(p->symbol) : string("");
}
inline bool PositionSelectByTicket(ulong ticket) {
  for (const auto &[id, p] : shim::view().positions)
    if (p.ticket == ticket) return shim::selectPosition(&p);
  return shim::selectPosition(nullptr);
}
/** On a hedging account the position with the lowest ticket. */
inline bool PositionSelect(const string symbol) {
  for (const auto &[id, p] : shim::view().positions)
    if (p.symbol == symbol.utf8()) return shim::selectPosition(&p);
  return shim::selectPosition(nullptr);
}
inline int OrdersTotal() { return static_cast<int>(shim::view().orders.size()); }
inline ulong OrderGetTicket(int index) {
  const shim::Order *o = shim::itemAt(shim::view().orders, index);
  return shim::selectOrder(o) ? o->ticket : 0;
}
inline bool OrderSelect(ulong ticket) {
  const auto found = shim::view().orders.find(ticket);
  return shim::selectOrder(found == shim::view().orders.end() ? nullptr : &found->second);
}

#define MQL_SELECTED(Name, has, item, Property, type, none)                                                   \
  inline type Name(Property property) { return shim::selected().has ? shim::read(shim::selected().item, property) : type(none); } \
  inline bool Name(Property property, type &value) { return shim::give(value, shim::selected().has, Name(property)); }
MQL_SELECTED(PositionGetInteger, hasPosition, position, ENUM_POSITION_PROPERTY_INTEGER, long, 0)
MQL_SELECTED(PositionGetDouble, hasPosition, position, ENUM_POSITION_PROPERTY_DOUBLE, double, 0)
MQL_SELECTED(PositionGetString, hasPosition, position, ENUM_POSITION_PROPERTY_STRING, string, "")
MQL_SELECTED(OrderGetInteger, hasOrder, order, ENUM_ORDER_PROPERTY_INTEGER, long, 0)
MQL_SELECTED(OrderGetDouble, hasOrder, order, ENUM_ORDER_PROPERTY_DOUBLE, double, 0)
MQL_SELECTED(OrderGetString, hasOrder, order, ENUM_ORDER_PROPERTY_STRING, string, "")
