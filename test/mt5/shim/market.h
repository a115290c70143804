// The symbols of the simulated broker and their prices. Lines of the control file and of SETUP:
//   symbol NAME key value   key: execution request|instant|market|exchange · filling (flags 1 FOK, 2 IOC, 4 BOC) · stops, freeze (points)
//                           min, max, step, limit (lots) · mode disabled|long|short|close|full · closed 0|1 · weekdays 0|1 · digits · contract
//                           hidden 0|1 · expirations (flags) · orders (flags) · commission (per lot) · like OTHER (a copy of another symbol)
//   price NAME bid ask      a quote
// Switches: WATCH (symbols of the Market Watch), SYMBOL (the chart's), TICKS_MS=n (each symbol is quoted anew, unchanged, every n ms).
#pragma once
#include "control.h"
#include "tradeTypes.h"

enum ENUM_SYMBOL_TRADE_MODE { SYMBOL_TRADE_MODE_DISABLED, SYMBOL_TRADE_MODE_LONGONLY, SYMBOL_TRADE_MODE_SHORTONLY, SYMBOL_TRADE_MODE_CLOSEONLY, SYMBOL_TRADE_MODE_FULL };
enum ENUM_SYMBOL_TRADE_EXECUTION { SYMBOL_TRADE_EXECUTION_REQUEST, SYMBOL_TRADE_EXECUTION_INSTANT, SYMBOL_TRADE_EXECUTION_MARKET, SYMBOL_TRADE_EXECUTION_EXCHANGE };
enum ENUM_SYMBOL_CALC_MODE { SYMBOL_CALC_MODE_FOREX = 0, SYMBOL_CALC_MODE_FUTURES = 1, SYMBOL_CALC_MODE_CFD = 2, SYMBOL_CALC_MODE_CFDINDEX = 3, SYMBOL_CALC_MODE_CFDLEVERAGE = 4,
  SYMBOL_CALC_MODE_FOREX_NO_LEVERAGE = 5, SYMBOL_CALC_MODE_EXCH_STOCKS = 32, SYMBOL_CALC_MODE_EXCH_STOCKS_MOEX = 38 };
enum { SYMBOL_FILLING_FOK = 1, SYMBOL_FILLING_IOC = 2, SYMBOL_FILLING_BOC = 4 };
enum { SYMBOL_EXPIRATION_GTC = 1, SYMBOL_EXPIRATION_DAY = 2, SYMBOL_EXPIRATION_SPECIFIED = 4, SYMBOL_EXPIRATION_SPECIFIED_DAY = 8 };
enum { SYMBOL_ORDER_MARKET = 1, SYMBOL_ORDER_LIMIT = 2, SYMBOL_ORDER_STOP = 4, SYMBOL_ORDER_STOP_LIMIT = 8, SYMBOL_ORDER_SL = 16, SYMBOL_ORDER_TP = 32, SYMBOL_ORDER_CLOSEBY = 64 };
enum ENUM_DAY_OF_WEEK { SUNDAY, MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY };

namespace shim {

struct Symbol {
  std::string name, base, profit, description;
  int digits;
  double contract, bid, ask;
  ENUM_SYMBOL_CALC_MODE calculation = SYMBOL_CALC_MODE_FOREX;
  ENUM_SYMBOL_TRADE_EXECUTION execution = SYMBOL_TRADE_EXECUTION_MARKET;
  int filling = SYMBOL_FILLING_FOK | SYMBOL_FILLING_IOC;
  int stops = 0, freeze = 0;
  double min = 0.01, max = 100, step = 0.01, limit = 0, commission = 0;
  ENUM_SYMBOL_TRADE_MODE mode = SYMBOL_TRADE_MODE_FULL;
  bool closed = false, weekdays = false, watched = false;
  int expirations = 15, orders = 127;
  long quotedMs = 0;        // the last quote, in server time
  ulong selectedStep = 0;   // the first quote comes after the step of SymbolSelect
  double point() const { return std::pow(10.0, -digits); }
  double round(double price) const { return NormalizeDouble(price, digits); }
  long points(double distance) const { return std::lround(distance / point()); }
};

inline long serverMs() { return wallMs() + serverOffset() * 1000; }

inline std::vector<Symbol> &symbols() {
  static auto &all = *new std::vector<Symbol>{
      {"EURUSD", "EUR", "USD", "Euro vs US Dollar", 5, 100000, 1.10000, 1.10010},
      {"GBPUSD", "GBP", "USD", "Pound vs US Dollar", 5, 100000, 1.27000, 1.27015},
      {"USDJPY", "USD", "JPY", "US Dollar vs Yen", 3, 100000, 150.000, 150.012},
      {"EURGBP", "EUR", "GBP", "Euro vs Pound", 5, 100000, 0.86600, 0.86615},
      {"XAUUSD", "XAU", "USD", "Gold vs US Dollar", 2, 100, 2400.00, 2400.20, SYMBOL_CALC_MODE_CFDLEVERAGE},
      {"US500", "USD", "USD", "Index of 500 shares", 1, 1, 5500.0, 5500.5, SYMBOL_CALC_MODE_CFDLEVERAGE},
      {"BTCUSD", "BTC", "USD", "Bitcoin vs US Dollar", 2, 1, 60000.00, 60025.00, SYMBOL_CALC_MODE_CFDLEVERAGE}};
  return all;
}

inline Symbol *findSymbol(const std::string &name) {
  for (Symbol &each : symbols())
    if (each.name == name) return &each;
  fail(ERR_MARKET_UNKNOWN_SYMBOL);
  return nullptr;
}

/** Called with each quote that a symbol gets. */
inline std::vector<std::function<void(Symbol &)>> &quoteListeners() {
  static auto &all = *new std::vector<std::function<void(Symbol &)>>;
  return all;
}

inline void quote(Symbol &symbol, double bid, double ask) {
  symbol.bid = symbol.round(bid);
  symbol.ask = symbol.round(ask);
  symbol.quotedMs = serverMs();
  if (symbol.watched) lastQuoteMs() = std::max(lastQuoteMs(), symbol.quotedMs);
  for (const auto &listener : quoteListeners()) listener(symbol);
}

inline Symbol &symbolNamed(const std::string &name) {
  Symbol *symbol = findSymbol(name);
  if (!symbol) critical("the control file names an unknown symbol: " + name);
  return *symbol;
}

inline int wordIn(const std::vector<std::string> &words, const std::string &word) {
  const auto at = std::find(words.begin(), words.end(), word);
  if (at == words.end()) critical("the control file has an unknown word: " + word);
  return static_cast<int>(at - words.begin());
}

inline void setSymbol(const std::string &name, const std::string &key, const std::string &value) {
  const double number = std::strtod(value.c_str(), nullptr);
  const int whole = static_cast<int>(number);
  if (key == "like") {
    Symbol copy = symbolNamed(value);
    copy.name = name;
    symbols().push_back(copy);
    return;
  }
  Symbol &s = symbolNamed(name);
  if (key == "execution") s.execution = static_cast<ENUM_SYMBOL_TRADE_EXECUTION>(wordIn({"request", "instant", "market", "exchange"}, value));
  else if (key == "mode") s.mode = static_cast<ENUM_SYMBOL_TRADE_MODE>(wordIn({"disabled", "long", "short", "close", "full"}, value));
  else if (key == "filling") s.filling = whole;
  else if (key == "stops") s.stops = whole;
  else if (key == "freeze") s.freeze = whole;
  else if (key == "min") s.min = number;
  else if (key == "max") s.max = number;
  else if (key == "step") s.step = number;
  else if (key == "limit") s.limit = number;
  else if (key == "digits") s.digits = whole;
  else if (key == "contract") s.contract = number;
  else if (key == "calculation") s.calculation = static_cast<ENUM_SYMBOL_CALC_MODE>(wordIn({"forex", "futures", "cfd", "cfdindex", "cfdleverage"}, value));
  else if (key == "commission") s.commission = number;
  else if (key == "closed") s.closed = whole != 0;
  else if (key == "weekdays") s.weekdays = whole != 0;
  else if (key == "expirations") s.expirations = whole;
  else if (key == "orders") s.orders = whole;
  else if (key == "hidden") s.watched = whole == 0;
  else critical("the control file names an unknown property of a symbol: " + key);
}

/** Whether the symbol is traded at this server time. */
inline bool isOpen(const Symbol &symbol) {
  MqlDateTime now;
  TimeToStruct(serverMs() / 1000, now);
  return !symbol.closed && !(symbol.weekdays && (now.day_of_week == SUNDAY || now.day_of_week == SATURDAY));
}

inline Symbol &chartSymbol() {
  static auto &name = *new std::string(textSwitch("SYMBOL", "EURUSD"));
  return symbolNamed(name);
}

inline void openMarket() {
  const std::string watched = "," + textSwitch("WATCH", "EURUSD,USDJPY,XAUUSD") + ",";
  for (Symbol &each : symbols()) {
    each.quotedMs = serverMs();
    each.watched = watched.find("," + each.name + ",") != std::string::npos || &each == &chartSymbol();
  }
  lastQuoteMs() = serverMs();
  controlWords()["symbol"] = [](const Words &words) {
    if (words.size() != 4) critical("the control file needs: symbol NAME key value");
    setSymbol(words[1], words[2], words[3]);
  };
  controlWords()["price"] = [](const Words &words) {
    if (words.size() != 4) critical("the control file needs: price NAME bid ask");
    quote(symbolNamed(words[1]), std::strtod(words[2].c_str(), nullptr), std::strtod(words[3].c_str(), nullptr));
  };
}

inline void quoteAnew() {
  static auto &every = *new CachedSwitch("TICKS_MS");
  static ulong due = 0;
  if (every.value() <= 0 || nanoseconds() < due) return;
  due = nanoseconds() + static_cast<ulong>(every.value()) * 1000000;
  for (Symbol &each : symbols())
    if (isOpen(each)) quote(each, each.bid, each.ask);
}

/** One unit of a currency in another, by the quotes; 0 where no symbol connects the two. */
inline double rate(const std::string &from, const std::string &to) {
  if (from == to) return 1;
  for (const Symbol &each : symbols()) {
    if (each.name == from + to) return each.bid;
    if (each.name == to + from) return 1 / each.ask;
  }
  return from == "USD" || to == "USD" ? 0 : rate(from, "USD") * rate("USD", to);
}

} // namespace shim
