//+------------------------------------------------------------------+
//| ZmtpProbe.mq5 - one ZeroMQ socket, for tests: sends or receives  |
//| numbered messages, checks every byte and measures each step.     |
//+------------------------------------------------------------------+
#property script_show_inputs

#include <BittenDesk/Zmtp.mqh>

input string Role    = "PUSH";        // PUSH, PULL, SUB or REQ
input string Host    = "127.0.0.1";   // peer's host
input int    Port    = 0;             // peer's port
input string Topic   = "";            // SUB: its topic
input int    Count   = 0;             // messages to send or to await
input int    Size    = 150;           // bytes of a message: below this
input int    Large   = 0;             // bytes of each thousandth message
input int    Burst   = 64;            // messages that are put in per step
input int    Sends   = 1;             // sessions in which it sends; 0: in all
input bool   Pings   = true;          // own PINGs
input int    ReplyMs = 10000;         // REQ: limit of a reply
input int    RunMs   = 0;             // ends after so long; 0: when all is done
input int    LimitMs = 120000;        // ends after so long in any case
input int    PauseMs = 1;             // between two steps
input int    HoldMs  = 0;             // takes no message for so long

#define PATTERN_SIZE 400000
#define NUMBER_SIZE  10

CZmtp    g_socket;
uchar    g_pattern[];
uchar    g_body[];
int      g_steps[];          // how many steps took so many units of 10 microseconds
int      g_stepCount = 0;
ulong    g_longestUs = 0;
ulong    g_numbers[];        // of the messages that were taken, in order
int      g_next = 0;         // the next message to send
int      g_received = 0;
int      g_got = 0;          // number of the last message, plus 1
int      g_wrong = 0;        // messages that came again, or are not what was sent
int      g_asked = 0;
ulong    g_sessions = 0;
bool     g_wasOpen = false;
string   g_reason = "";
ulong    g_start = 0;

//--- message i: its number in ten digits, then bytes of a pattern that begin at a place given by the number
void MakeBody(const int number)
  {
   int size = Size > 0 ? (number * 37) % Size : 0;
   if(Large > 0 && number % 1000 == 999)
      size = Large;
   ArrayResize(g_body, NUMBER_SIZE + size);
   int rest = number;
   for(int i = NUMBER_SIZE - 1; i >= 0; i--)
     {
      g_body[i] = (uchar)('0' + rest % 10);
      rest = rest / 10;
     }
   if(size > 0)
      ArrayCopy(g_body, g_pattern, NUMBER_SIZE, number % 251, size);
  }

bool IsBody(const uchar &bytes[], const int number)
  {
   MakeBody(number);
   return(ArraySize(bytes) == ArraySize(g_body) && ArrayCompare(bytes, g_body) == 0);
  }

int NumberOf(const uchar &bytes[])
  {
   int number = 0;
   for(int i = 0; i < NUMBER_SIZE && i < ArraySize(bytes); i++)
      number = number * 10 + bytes[i] - '0';
   return(number);
  }

ENUM_ZMTP_ROLE RoleOf(const string name)
  {
   if(name == "PULL")
      return(ZMTP_PULL);
   if(name == "SUB")
      return(ZMTP_SUB);
   return(name == "REQ" ? ZMTP_REQ : ZMTP_PUSH);
  }

void TimedStep(void)
  {
   const ulong before = GetMicrosecondCount();
   g_socket.Step();
   const ulong took = GetMicrosecondCount() - before;
   if(took > g_longestUs)
      g_longestUs = took;
   const int unit = took < 100000 ? (int)(took / 10) : 9999;
   g_steps[unit]++;
   g_stepCount++;
  }

//--- the duration that so many of a thousand steps did not exceed, microseconds
int Quantile(const int perThousand)
  {
   long left = (long)g_stepCount * perThousand / 1000;
   for(int i = 0; i < ArraySize(g_steps); i++)
     {
      left -= g_steps[i];
      if(left < 0)
         return(10 * i + 10);
     }
   return(100000);
  }

//--- prints what became of messages: numbers of the first and the last of each stretch
void PrintFates(void)
  {
   string line = "FATES";
   int from = 0;
   for(int i = 0; i < ArraySize(g_numbers); i++)
     {
      const ENUM_ZMTP_FATE fate = g_socket.Fate(g_numbers[i]);
      if(i + 1 < ArraySize(g_numbers) && g_socket.Fate(g_numbers[i + 1]) == fate)
         continue;
      line += StringFormat(" %d-%d:%d", from, i, (int)fate);
      from = i + 1;
     }
   Print(line);
  }

void Watch(void)
  {
   if(g_socket.Sessions() != g_sessions)
     {
      g_sessions = g_socket.Sessions();
      g_wasOpen = true;
      PrintFormat("OPEN %d", (int)g_sessions);
     }
   const bool isOpen = g_socket.IsOpen();
   if(!isOpen && (g_wasOpen || g_socket.Reason() != g_reason))
     {
      g_wasOpen = false;
      g_reason = g_socket.Reason();
      PrintFormat("ENDED %s", g_reason);
      if(ArraySize(g_numbers) > 0)
         PrintFates();
     }
  }

void Produce(void)
  {
   if(Sends > 0 && (int)g_sessions > Sends)
      return;
   for(int i = 0; i < Burst && g_next < Count; i++)
     {
      MakeBody(g_next);
      const ulong number = g_socket.Send(g_body, ArraySize(g_body));
      if(number == 0)
         return;
      ArrayResize(g_numbers, g_next + 1, 100000);
      g_numbers[g_next] = number;
      g_next++;
     }
  }

void Ask(void)
  {
   if(g_socket.AwaitsReply() || g_got >= Count)
      return;
   MakeBody(g_got);
   if(g_socket.Send(g_body, ArraySize(g_body)) > 0)
      g_asked++;
  }

void Take(void)
  {
   uchar bytes[];
   while(g_socket.Receive(bytes))
     {
      if(StringLen(Topic) > 0)
         ArrayRemove(bytes, 0, StringLen(Topic));
      const int number = NumberOf(bytes);
      if(number < g_got || !IsBody(bytes, number))
         g_wrong++;
      g_got = number + 1;
      g_received++;
     }
  }

bool IsDone(void)
  {
   if(RunMs > 0)
      return(GetTickCount64() - g_start >= (ulong)RunMs);
   if(Role == "PUSH")
      return(g_next >= Count && g_socket.Waiting() == 0);
   return(g_got >= Count);
  }

void OnStart(void)
  {
   ArrayResize(g_pattern, PATTERN_SIZE);
   for(int i = 0; i < PATTERN_SIZE; i++)
      g_pattern[i] = (uchar)((i * 7 + i / 256) & 0xFF);
   ArrayResize(g_steps, 10000);
   ArrayInitialize(g_steps, 0);
   g_socket.Init(RoleOf(Role), Host, (uint)Port);
   if(Role == "SUB")
      g_socket.Subscribe(Topic);
   g_socket.UsePings(Pings);
   g_socket.LimitReply((uint)ReplyMs);
   g_start = GetTickCount64();
   while(!IsStopped() && !IsDone() && GetTickCount64() - g_start < (ulong)LimitMs)
     {
      TimedStep();
      Watch();
      if(GetTickCount64() - g_start >= (ulong)HoldMs)
         Take();
      if(Role == "PUSH")
         Produce();
      if(Role == "REQ")
         Ask();
      Sleep(PauseMs);
     }
   PrintFormat("RESULT taken=%d received=%d got=%d wrong=%d asked=%d sessions=%d dropped=%d steps=%d p50us=%d p99us=%d maxus=%d ms=%d",
               g_next, g_received, g_got, g_wrong, g_asked, (int)g_socket.Sessions(), (int)g_socket.MessagesDropped(), g_stepCount,
               Quantile(500), Quantile(990), (int)g_longestUs, (int)(GetTickCount64() - g_start));
   if(ArraySize(g_numbers) > 0)
      PrintFates();
  }
//+------------------------------------------------------------------+
