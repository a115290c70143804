// Events and the main loop: one thread, one queue. Switches:
//   DOUBLE_INIT=plain|deinit  at the start OnInit runs twice, without or with an OnDeinit in between (rule E8)
//   TIMER_LATE_MS=n           each timer event comes so much later
//   STEPS=path                at the end the file gets how long each timer event took, in microseconds: one a line
//   MAX_MS=n                  the terminal closes the program after so long: a guard against tests that hang
#pragma once
#include "control.h"
#include "files.h"
#include "globals.h"
#include "sockets.h"
#include <cfenv>

enum { INIT_SUCCEEDED = 0, INIT_FAILED = 1, INIT_PARAMETERS_INCORRECT = 2, INIT_AGENT_NOT_SUITABLE = 3 };
enum {
  REASON_PROGRAM = 0, REASON_REMOVE = 1, REASON_RECOMPILE = 2, REASON_CHARTCHANGE = 3, REASON_CHARTCLOSE = 4,
  REASON_PARAMETERS = 5, REASON_ACCOUNT = 6, REASON_TEMPLATE = 7, REASON_INITFAILED = 8, REASON_CLOSE = 9
};

__attribute__((weak)) void OnStart();
__attribute__((weak)) int OnInit();
__attribute__((weak)) void OnTimer();
__attribute__((weak)) void OnTick();
__attribute__((weak)) void OnDeinit(const int reason);

namespace shim {

inline volatile std::sig_atomic_t &stopSignal() {
  static volatile std::sig_atomic_t signal = 0;
  return signal;
}
/** The reason for which the program shall end, or −1. */
inline int &endReason() {
  static int reason = -1;
  return reason;
}
inline int &lastDeinitReason() {
  static int reason = REASON_PROGRAM;
  return reason;
}

/** Queue of events of all kinds. A timer or tick event is not queued again while one waits. */
struct Event {
  enum Kind { Timer, Tick, Trade, Restart, Init } kind;
  int reason = 0;
};
inline std::deque<Event> &events() {
  static auto &queue = *new std::deque<Event>;
  return queue;
}
inline bool isQueued(Event::Kind kind) {
  return std::any_of(events().begin(), events().end(), [kind](const Event &each) { return each.kind == kind; });
}
inline void queueOnce(Event::Kind kind) {
  if (!isQueued(kind)) events().push_back({kind});
}

struct Timer {
  long everyMs = 0;
  ulong dueNs = 0;
};
inline Timer &timer() {
  static Timer timer;
  return timer;
}
inline void startTimer(long ms) {
  timer().everyMs = std::max(ms, 10L);
  timer().dueNs = nanoseconds() + static_cast<ulong>(timer().everyMs) * 1000000;
}

/** What runs in each turn of the loop, before the events: the broker's work. */
inline std::vector<std::function<void()>> &turns() {
  static auto &all = *new std::vector<std::function<void()>>;
  return all;
}
/** Hands one trade event of the queue to the program. */
inline std::function<void()> &tradeHandler() {
  static auto &handler = *new std::function<void()>;
  return handler;
}

/** Opens the simulated account, where one is compiled in and the switch BROKER names its file. */
inline std::function<void()> &accountOpener() {
  static auto &opener = *new std::function<void()>;
  return opener;
}

inline void runInit() {
  step()++;
  if (OnInit && OnInit() != INIT_SUCCEEDED && endReason() < 0) endReason() = REASON_INITFAILED;
}
inline void runDeinit(int reason) {
  step()++;
  lastDeinitReason() = reason;
  if (OnDeinit) OnDeinit(reason);
}
/** OnDeinit and OnInit of the same program, whose globals stay; inputs are read again. */
inline void restart(int reason) {
  runDeinit(reason);
  auto &queue = events();
  queue.erase(std::remove_if(queue.begin(), queue.end(), [](const Event &each) { return each.kind <= Event::Trade; }), queue.end());
  timer().everyMs = 0;
  for (const auto &read : inputReaders()) read();
  if (endReason() < 0) runInit();
}

/** How long each timer event took, in microseconds. */
inline std::vector<ulong> &timerSteps() {
  static auto &all = *new std::vector<ulong>;
  return all;
}
inline void runTimer() {
  static const bool areKept = !textSwitch("STEPS").empty();
  const ulong from = nanoseconds();
  if (OnTimer) OnTimer();
  if (areKept) timerSteps().push_back((nanoseconds() - from) / 1000);
}
inline void writeSteps() {
  const std::string path = textSwitch("STEPS");
  std::FILE *file = path.empty() ? nullptr : std::fopen(path.c_str(), "w");
  if (!file) return;
  for (const ulong each : timerSteps()) std::fprintf(file, "%lu\n", each);
  std::fclose(file);
}

inline void handle(const Event &event) {
  step()++;
  switch (event.kind) {
  case Event::Timer:
    runTimer();
    break;
  case Event::Tick:
    if (OnTick) OnTick();
    break;
  case Event::Trade:
    if (tradeHandler()) tradeHandler()();
    break;
  case Event::Restart:
    restart(event.reason);
    break;
  case Event::Init:
    runInit();
    break;
  }
}

inline void addEventWords() {
  controlWords()["event"] = [](const Words &words) {
    static const std::map<std::string, int> restarts = {{"chartchange", REASON_CHARTCHANGE}, {"parameters", REASON_PARAMETERS}, {"account", REASON_ACCOUNT}, {"template", REASON_TEMPLATE}};
    static const std::map<std::string, int> ends = {{"remove", REASON_REMOVE}, {"chartclose", REASON_CHARTCLOSE}, {"close", REASON_CLOSE}, {"recompile", REASON_RECOMPILE}};
    const std::string name = words.size() > 1 ? words[1] : "";
    if (restarts.count(name)) events().push_back({Event::Restart, restarts.at(name)});
    else if (ends.count(name)) endReason() = ends.at(name);
    else if (name == "init") events().push_back({Event::Init});
    else critical("the control file names an unknown event: " + name);
  };
}

inline void queueTimer() {
  static auto &late = *new CachedSwitch("TIMER_LATE_MS");
  Timer &timer = shim::timer();
  if (timer.everyMs == 0 || nanoseconds() < timer.dueNs + static_cast<ulong>(late.value()) * 1000000) return;
  queueOnce(Event::Timer);
  const ulong every = static_cast<ulong>(timer.everyMs) * 1000000;
  while (timer.dueNs <= nanoseconds()) timer.dueNs += every;
}

/** Until the program shall end. It waits at most a millisecond at a time, so that the broker's work is done in time. */
inline int runLoop() {
  const long maxMs = numberSwitch("MAX_MS");
  const ulong startedAt = nanoseconds();
  while (endReason() < 0) {
    if (stopSignal() || (maxMs > 0 && nanoseconds() - startedAt > static_cast<ulong>(maxMs) * 1000000)) return REASON_CLOSE;
    readControl();
    for (const auto &turn : turns()) turn();
    queueTimer();
    if (events().empty()) {
      ::usleep(500);
      continue;
    }
    const Event event = events().front();
    events().pop_front();
    handle(event);
  }
  return endReason();
}

inline int runProgram() {
  for (const int signal : {SIGFPE, SIGILL}) std::signal(signal, [](int) { critical("zero divide"); });
  ::feenableexcept(FE_DIVBYZERO);
  std::signal(SIGTERM, [](int) { stopSignal() = 1; });
  std::signal(SIGPIPE, SIG_IGN);
  addEventWords();
  if (accountOpener() && !textSwitch("BROKER").empty()) accountOpener()();
  readControl();
  for (const auto &turn : turns()) turn();
  int code = 0;
  if (OnStart) {
    step()++;
    OnStart();
  } else {
    const std::string twice = textSwitch("DOUBLE_INIT");
    runInit();
    if (endReason() < 0 && twice == "deinit") runDeinit(REASON_CHARTCHANGE);
    if (endReason() < 0 && !twice.empty()) runInit();
    const int reason = runLoop();
    runDeinit(reason);
    code = reason == REASON_INITFAILED ? 1 : 0;
  }
  for (auto &[handle, file] : files()) writeOut(file);
  writeCalls();
  writeSteps();
  return code;
}

} // namespace shim

inline bool EventSetMillisecondTimer(int ms) {
  if (ms <= 0) return shim::fail(4003);
  shim::startTimer(ms);
  return true;
}
inline bool EventSetTimer(int seconds) { return EventSetMillisecondTimer(seconds * 1000); }
inline void EventKillTimer() { shim::timer().everyMs = 0; }
inline bool IsStopped() { return shim::stopSignal() != 0; }
inline int UninitializeReason() { return shim::lastDeinitReason(); }
/** The program ends after the present event, with REASON_PROGRAM. */
inline void ExpertRemove() {
  if (shim::endReason() < 0) shim::endReason() = REASON_PROGRAM;
}

#ifndef MQL5_NO_MAIN
int main() {
  return shim::runProgram();
}
#endif
