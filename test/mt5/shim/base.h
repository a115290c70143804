// Ground of the stand-in for MetaTrader 5: types, the last error, switches, call counters.
// Every other header of this folder starts here. Nothing here knows the EA.
#pragma once
#include <algorithm>
#include <cerrno>
#include <cfloat>
#include <chrono>
#include <climits>
#include <cmath>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <deque>
#include <functional>
#include <initializer_list>
#include <map>
#include <memory>
#include <new>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>
#include <unistd.h>

#undef NULL
#define NULL nullptr
typedef unsigned char uchar;
typedef unsigned short ushort;
typedef unsigned int uint;
typedef unsigned long ulong;
typedef long datetime; // seconds since 1970-01-01
typedef int color;
static_assert(sizeof(long) == 8, "MQL5's long has 64 bits");
static_assert(sizeof(double) == 8 && sizeof(int) == 4, "MQL5's int has 32 bits");

enum { INVALID_HANDLE = -1, WHOLE_ARRAY = -1 };
const int EMPTY = -1;
#define EMPTY_VALUE DBL_MAX
enum { SHORT_MIN = -32768, SHORT_MAX = 32767, USHORT_MAX = 65535 };
#define CHARTS_MAX 100
#define clrNONE ((color)-1)

namespace shim {

/** Ends the program as a critical error of MQL5 does, or where the reference leaves open what would happen. */
[[noreturn]] inline void critical(const std::string &what) {
  std::fflush(stdout);
  std::fprintf(stderr, "MQL5 critical error: %s\n", what.c_str());
  std::fflush(stderr);
  std::abort();
}

inline int &lastError() {
  static int code = 0;
  return code;
}

/** Sets the last error and gives false. */
inline bool fail(int code) {
  lastError() = code;
  return false;
}

// ---- switches: MQL_<NAME> in the environment, or "set NAME value" in the control file, which wins

inline std::map<std::string, std::string> &switchesSet() {
  static auto &map = *new std::map<std::string, std::string>;
  return map;
}

/** Changes with each switch that is set, so that a reader can keep what it has read. */
inline ulong &switchVersion() {
  static ulong version = 1;
  return version;
}

inline std::string textSwitch(const char *name, const char *fallback = "") {
  const auto found = switchesSet().find(name);
  if (found != switchesSet().end()) return found->second;
  const char *value = std::getenv((std::string("MQL_") + name).c_str());
  return value ? value : fallback;
}

inline long numberSwitch(const char *name, long fallback = 0) {
  const std::string text = textSwitch(name);
  return text.empty() ? fallback : std::strtol(text.c_str(), nullptr, 10);
}

/** Reads a switch again only when one was set. For functions that are called often. */
class CachedSwitch {
  const char *name_;
  long fallback_;
  long value_ = 0;
  ulong version_ = 0;

public:
  explicit CachedSwitch(const char *name, long fallback = 0) : name_(name), fallback_(fallback) {}
  long value() {
    if (version_ != switchVersion()) {
      value_ = numberSwitch(name_, fallback_);
      version_ = switchVersion();
    }
    return value_;
  }
};

inline void setSwitch(const std::string &name, const std::string &value) {
  switchesSet()[name] = value;
  switchVersion()++;
}

// ---- built-ins with an effect outside: counted, and the process can be killed at each of them

/** Dies at once, as when the terminal is killed: nothing is flushed, nothing is closed. */
[[noreturn]] inline void die() {
  std::fflush(stdout);
  ::kill(::getpid(), SIGKILL);
  for (;;) ::pause();
}

/**
 * DIE_AT=OrderSend:2 kills before the second call of OrderSend, DIE_AFTER=OrderSend:2 after it; OrderSend:+1 is the next one from the
 * setting of the switch on. The name * counts all calls.
 */
inline long deathCall(const char *name, const char *builtin, long calls) {
  const std::string text = textSwitch(name);
  const size_t colon = text.find(':');
  if (colon == std::string::npos || text.substr(0, colon) != builtin) return -1;
  const char *number = text.c_str() + colon + 1;
  return (*number == '+' ? calls : 0) + std::strtol(number, nullptr, 10);
}

class CallCounter;
inline std::vector<CallCounter *> &callCounters() {
  static auto &all = *new std::vector<CallCounter *>;
  return all;
}

class CallCounter {
  const char *name_;
  long calls_ = 0;
  long before_ = -1;
  long after_ = -1;
  ulong version_ = 0;

public:
  explicit CallCounter(const char *name) : name_(name) { callCounters().push_back(this); }
  const char *name() const { return name_; }
  long calls() const { return calls_; }
  void enter() {
    if (version_ != switchVersion()) {
      before_ = deathCall("DIE_AT", name_, calls_);
      after_ = deathCall("DIE_AFTER", name_, calls_);
      version_ = switchVersion();
    }
    if (++calls_ == before_) die();
  }
  void leave() const {
    if (calls_ == after_) die();
  }
};

inline CallCounter &allCalls() {
  static auto &counter = *new CallCounter("*");
  return counter;
}

/** Counts one call of a built-in for as long as it lives. */
class Call {
  CallCounter &counter_;

public:
  explicit Call(CallCounter &counter) : counter_(counter) {
    allCalls().enter();
    counter_.enter();
  }
  ~Call() {
    counter_.leave();
    allCalls().leave();
  }
  Call(const Call &) = delete;
  Call &operator=(const Call &) = delete;
};

/** Writes how often each counted built-in was called to the file CALLS: one "name count" a line. */
inline void writeCalls() {
  const std::string path = textSwitch("CALLS");
  if (path.empty()) return;
  std::FILE *file = std::fopen(path.c_str(), "w");
  if (!file) return;
  for (const CallCounter *each : callCounters()) std::fprintf(file, "%s %ld\n", each->name(), each->calls());
  std::fclose(file);
}

// ---- steps: one call of an event handler is one step

inline ulong &step() {
  static ulong number = 0;
  return number;
}

} // namespace shim

#define MQL_CALL(name)                                        \
  static auto &callCounter_ = *new shim::CallCounter(#name);  \
  const shim::Call call_(callCounter_)

inline int GetLastError() { return shim::lastError(); }
inline void ResetLastError() { shim::lastError() = 0; }
inline void SetUserError(ushort code) { shim::lastError() = 65536 + code; }
