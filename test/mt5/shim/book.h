// What the broker's server knows of an account: positions, orders, history, deals. It outlives the program: the file
// BROKER.<login> has a line for each change, BROKER.deals.ndjson a line of JSON for each deal, for tests that look for doubles.
#pragma once
#include "market.h"

namespace shim {

struct Position {
  ulong id = 0, ticket = 0, magic = 0;
  std::string symbol, comment;
  int type = 0, reason = 0;
  double volume = 0, price = 0, sl = 0, tp = 0, swap = 0;
  long openedMs = 0, changedMs = 0;
  ulong key() const { return id; }
  template <class V> void fields(V &v) { v(id)(ticket)(magic)(symbol)(comment)(type)(reason)(volume)(price)(sl)(tp)(swap)(openedMs)(changedMs); }
};
struct Order {
  ulong ticket = 0, magic = 0, position = 0, positionBy = 0;
  std::string symbol, comment;
  int type = 0, state = 0, filling = 0, timeType = 0, reason = 0;
  double initial = 0, current = 0, price = 0, stopLimit = 0, sl = 0, tp = 0;
  long expiration = 0, setupMs = 0, doneMs = 0;
  ulong key() const { return ticket; }
  template <class V> void fields(V &v) {
    v(ticket)(magic)(position)(positionBy)(symbol)(comment)(type)(state)(filling)(timeType)(reason)(initial)(current)(price)(stopLimit)(sl)(tp);
    v(expiration)(setupMs)(doneMs);
  }
};
struct Deal {
  ulong ticket = 0, order = 0, position = 0, magic = 0;
  std::string symbol, comment;
  int type = 0, entry = 0, reason = 0;
  double volume = 0, price = 0, profit = 0, swap = 0, commission = 0, sl = 0, tp = 0;
  long timeMs = 0;
  ulong key() const { return ticket; }
  template <class V> void fields(V &v) { v(ticket)(order)(position)(magic)(symbol)(comment)(type)(entry)(reason)(volume)(price)(profit)(swap)(commission)(sl)(tp)(timeMs); }
};
/** A request that is on its way to the server; it is carried out when it is due, also while the program is dead. */
struct Job {
  ulong id = 0;
  long dueMs = 0;
  MqlTradeRequest request = {};
  ulong key() const { return id; }
  template <class V> void fields(V &v) {
    int action = request.action, type = request.type, filling = request.type_filling, time = request.type_time;
    std::string symbol = request.symbol.utf8(), comment = request.comment.utf8();
    v(id)(dueMs)(action)(request.magic)(request.order)(symbol)(request.volume)(request.price)(request.stoplimit)(request.sl)(request.tp);
    v(request.deviation)(type)(filling)(time)(request.expiration)(comment)(request.position)(request.position_by);
    request.action = static_cast<ENUM_TRADE_REQUEST_ACTIONS>(action);
    request.type = static_cast<ENUM_ORDER_TYPE>(type);
    request.type_filling = static_cast<ENUM_ORDER_TYPE_FILLING>(filling);
    request.type_time = static_cast<ENUM_ORDER_TYPE_TIME>(time);
    request.symbol = string(symbol);
    request.comment = string(comment);
  }
};

/** Writes fields one after the other, separated by tabs. */
struct FieldWriter {
  std::string text;
  FieldWriter &add(const std::string &field) {
    text += '\t' + field;
    return *this;
  }
  FieldWriter &operator()(const std::string &value) { return add(value); }
  FieldWriter &operator()(double value) {
    char buffer[40];
    std::snprintf(buffer, sizeof buffer, "%.17g", value);
    return add(buffer);
  }
  template <class T> FieldWriter &operator()(T value) { return add(std::to_string(value)); }
};
struct FieldReader {
  std::vector<std::string> parts;
  size_t next = 0;
  explicit FieldReader(const std::string &line) {
    for (size_t from = 0;;) {
      const size_t end = line.find('\t', from);
      parts.push_back(line.substr(from, end == std::string::npos ? end : end - from));
      if (end == std::string::npos) break;
      from = end + 1;
    }
  }
  const std::string &take() {
    if (next >= parts.size()) critical("the broker's file is damaged");
    return parts[next++];
  }
  FieldReader &operator()(std::string &value) { return value = take(), *this; }
  FieldReader &operator()(double &value) { return value = std::strtod(take().c_str(), nullptr), *this; }
  FieldReader &operator()(ulong &value) { return value = std::strtoul(take().c_str(), nullptr, 10), *this; }
  FieldReader &operator()(long &value) { return value = std::strtol(take().c_str(), nullptr, 10), *this; }
  FieldReader &operator()(int &value) { return value = static_cast<int>(std::strtol(take().c_str(), nullptr, 10)), *this; }
};

class Book {
  std::FILE *file_ = nullptr;
  std::FILE *deals_ = nullptr;
  ulong lastTicket_ = 1000000;

  template <class T> void write(const char *kind, T item) {
    FieldWriter writer;
    item.fields(writer);
    std::fprintf(file_, "%s%s\n", kind, writer.text.c_str());
  }
  template <class T> void read(FieldReader &reader, std::map<ulong, T> &items) {
    T item;
    item.fields(reader);
    items[item.key()] = item;
    lastTicket_ = std::max(lastTicket_, item.key());
  }
  void readLine(const std::string &line) {
    FieldReader reader(line);
    const std::string kind = reader.take();
    if (kind == "position") read(reader, positions);
    else if (kind == "order") read(reader, orders);
    else if (kind == "history") read(reader, history);
    else if (kind == "deal") read(reader, deals);
    else if (kind == "job") read(reader, jobs);
    else {
      const ulong key = std::strtoul(reader.take().c_str(), nullptr, 10);
      if (kind == "-position") positions.erase(key);
      else if (kind == "-order") orders.erase(key);
      else if (kind == "-job") jobs.erase(key);
      else critical("the broker's file has an unknown line: " + line);
    }
  }

public:
  std::map<ulong, Position> positions;
  std::map<ulong, Order> orders;
  std::map<ulong, Order> history;
  std::map<ulong, Deal> deals;
  std::map<ulong, Job> jobs;

  ~Book() {
    if (file_) std::fclose(file_);
    if (deals_) std::fclose(deals_);
  }
  void open(const std::string &path) {
    file_ = std::fopen(path.c_str(), "a+");
    const std::string journal = path + ".deals.ndjson";
    deals_ = std::fopen(journal.c_str(), "a");
    if (!file_ || !deals_) critical("the broker's file can't be opened: MQL_BROKER");
    std::setvbuf(file_, nullptr, _IOFBF, 1 << 20);
    std::setvbuf(deals_, nullptr, _IOFBF, 1 << 20);
    std::rewind(file_);
    std::string line;
    for (int c = std::fgetc(file_); c != EOF; c = std::fgetc(file_)) {
      if (c != '\n') line += static_cast<char>(c);
      else readLine(line), line.clear();
    }
  }
  /** Tickets above 2^31, where they don't fit 32 bits any more: TICKETS_FROM=2200000000. */
  ulong nextTicket() {
    lastTicket_ = std::max(lastTicket_ + 1, static_cast<ulong>(numberSwitch("TICKETS_FROM", 2200000001)));
    return lastTicket_;
  }
  void put(const Position &item) { positions[item.id] = item, write("position", item); }
  void put(const Order &item) { orders[item.ticket] = item, write("order", item); }
  void put(const Job &item) { jobs[item.id] = item, write("job", item); }
  void toHistory(const Order &item) {
    erase("-order", orders, item.ticket);
    history[item.ticket] = item;
    write("history", item);
  }
  template <class T> void erase(const char *kind, std::map<ulong, T> &items, ulong key) {
    if (items.erase(key) > 0) std::fprintf(file_, "%s\t%lu\n", kind, key);
  }
  void removePosition(ulong id) { erase("-position", positions, id); }
  void removeJob(ulong id) { erase("-job", jobs, id); }
  void put(const Deal &d) {
    deals[d.ticket] = d;
    write("deal", d);
    std::fprintf(deals_, "{\"deal\":\"%lu\",\"order\":\"%lu\",\"position\":\"%lu\",\"symbol\":\"%s\",\"type\":%d,\"entry\":%d,\"reason\":%d,\"volume\":%.8g,\"price\":%.8g,\"profit\":%.8g,\"magic\":%lu,\"comment\":\"%s\"}\n",
                 d.ticket, d.order, d.position, d.symbol.c_str(), d.type, d.entry, d.reason, d.volume, d.price, d.profit, d.magic, d.comment.c_str());
  }
  /** Writes what an operation has changed in one piece, so that a kill leaves all of it or nothing. */
  void commit() {
    std::fflush(deals_);
    std::fflush(file_);
  }
  double balance() const {
    double sum = 0;
    for (const auto &[ticket, deal] : deals) sum += deal.profit + deal.swap + deal.commission;
    return sum;
  }
};

} // namespace shim
