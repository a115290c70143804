//+------------------------------------------------------------------+
//| LinkLoad.mq5 - three sockets, as an EA has them, under load, for |
//| tests: commands come, telemetry goes, results are asked for. All |
//| messages are JSON. Measures each step of the timer.              |
//+------------------------------------------------------------------+
#include <BittenDesk/Json.mqh>
#include <BittenDesk/JsonWriter.mqh>
#include <BittenDesk/Zmtp.mqh>

input int CommandPort   = 0;       // PUSH of the peer
input int TelemetryPort = 0;       // PULL of the peer
input int FeedbackPort  = 0;       // ROUTER of the peer
input int TimerMs       = 20;      // between two steps
input int PerStep       = 20;      // messages of telemetry in a step
input int Total         = 1000;    // messages each way, after which it ends
input int Told          = 100000;  // prints a line after so many

CZmtp       g_commands;
CZmtp       g_telemetry;
CZmtp       g_feedback;
CJson       g_json;
CJsonWriter g_writer;
uchar       g_body[];
long        g_in     = 0;
long        g_out    = 0;
long        g_asked  = 0;
long        g_wrong  = 0;
int         g_steps[];
int         g_stepCount = 0;

void Wrong(const string what)
  {
   g_wrong++;
   if(g_wrong < 10)
      PrintFormat("WRONG %s", what);
  }

void TakeCommands(void)
  {
   long number = -1;
   while(g_commands.Receive(g_body))
     {
      if(!g_json.Parse(g_body, ArraySize(g_body)))
         Wrong(g_json.Error());
      else
         if(!g_json.ReadLong(0, "n", number) || number != g_in)
            Wrong("command " + IntegerToString(number) + " instead of " + IntegerToString(g_in));
      g_in = number + 1;
      if(g_in % Told == 0)
         PrintFormat("IN %s", IntegerToString(g_in));
     }
  }

void Write(const string type, const long number)
  {
   g_writer.Clear();
   g_writer.OpenObject();
   g_writer.Text("type", type);
   g_writer.Integer("n", number);
   g_writer.Number("equity", 10000.0 + (double)(number % 1000) / 100.0, 2);
   g_writer.Text("pad", "0123456789012345678901234567890123456789");
   g_writer.Close();
  }

void SendTelemetry(void)
  {
   for(int i = 0; i < PerStep && g_out < Total; i++)
     {
      Write("telemetry", g_out);
      const int size = g_writer.CopyTo(g_body);
      if(g_telemetry.Send(g_body, size) == 0)
         return;
      g_out++;
     }
  }

void Ask(void)
  {
   while(g_feedback.Receive(g_body))
      g_asked++;
   if(g_feedback.AwaitsReply())
      return;
   Write("trade_result", g_asked);
   const int size = g_writer.CopyTo(g_body);
   g_feedback.Send(g_body, size);
  }

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

int OnInit(void)
  {
   ArrayResize(g_steps, 10000);
   ArrayInitialize(g_steps, 0);
   g_commands.Init(ZMTP_PULL, "127.0.0.1", (uint)CommandPort);
   g_telemetry.Init(ZMTP_PUSH, "127.0.0.1", (uint)TelemetryPort);
   g_feedback.Init(ZMTP_REQ, "127.0.0.1", (uint)FeedbackPort);
   EventSetMillisecondTimer(TimerMs);
   return(INIT_SUCCEEDED);
  }

void OnTimer(void)
  {
   const ulong before = GetMicrosecondCount();
   g_commands.Step();
   g_telemetry.Step();
   g_feedback.Step();
   TakeCommands();
   SendTelemetry();
   Ask();
   const ulong took = GetMicrosecondCount() - before;
   const int unit = took < 100000 ? (int)(took / 10) : 9999;
   g_steps[unit]++;
   g_stepCount++;
   if(g_in >= Total && g_out >= Total && g_telemetry.Waiting() == 0)
      ExpertRemove();
  }

void OnDeinit(const int reason)
  {
   PrintFormat("RESULT in=%s out=%s asked=%s wrong=%s sessions=%d steps=%d p50us=%d p99us=%d p999us=%d reason=%d",
               IntegerToString(g_in), IntegerToString(g_out), IntegerToString(g_asked), IntegerToString(g_wrong),
               (int)(g_commands.Sessions() + g_telemetry.Sessions() + g_feedback.Sessions()), g_stepCount,
               Quantile(500), Quantile(990), Quantile(999), reason);
  }
//+------------------------------------------------------------------+
