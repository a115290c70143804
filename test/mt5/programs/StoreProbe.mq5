//+------------------------------------------------------------------+
//| StoreProbe.mq5 - opens a store, lists its records, writes more,  |
//| for tests. It says each thing that it does.                      |
//+------------------------------------------------------------------+
#include <BittenDesk/Store.mqh>

input string Login   = "1001";       // account
input string Server  = "Demo Server"; // its server
input long   NowMs   = 1000000;      // time of the first step; each adds 1000
input int    Appends = 0;            // records to write
input int    First   = 1;            // number of the first one
input int    Size    = 40;           // bytes of each text
input int    Compact = 0;            // after so many records those before are left out, but each third; 0: never
input int    Burst   = 1;            // records in one step of the timer
input bool   List    = false;        // prints all records
input bool   Hold    = false;        // stays open until it is told to end

CStore g_store;
int    g_done = 0;
long   g_nowMs = 0;

//--- a text of a size that names the record's number
string TextOf(const int number)
  {
   string text = IntegerToString(number) + ":";
   while(StringLen(text) < Size)
      text += ShortToString((ushort)('a' + StringLen(text) % 26));
   return(text);
  }

void PrintRecords(void)
  {
   for(int i = 0; i < g_store.Count(); i++)
     {
      string text = "";
      if(g_store.Read(i, text))
         PrintFormat("HAVE %u %s %s", g_store.Kind(i), IntegerToString(g_store.TimeMs(i)), text);
      else
         PrintFormat("LOST %s", g_store.Error());
     }
  }

void OpenStore(void)
  {
   if(!g_store.Open(Login, Server, g_nowMs))
     {
      PrintFormat("CLOSED %s %s", g_store.IsInUse() ? "in-use" : "failed", g_store.Error());
      return;
     }
   PrintFormat("OPEN %s %s %s %d", g_store.StateName(), IntegerToString(g_store.CompleteSinceMs()), g_store.Id(), g_store.Count());
   if(List)
      PrintRecords();
  }

void AppendNext(void)
  {
   const int number = First + g_done;
   if(g_store.Append(7, g_nowMs, TextOf(number)))
      PrintFormat("TOOK %d", number);
   else
      PrintFormat("REFUSED %d %s", number, g_store.Error());
   g_done++;
  }

void CompactStore(void)
  {
   for(int i = 0; i < g_store.Count(); i++)
      g_store.Keep(i, i % 3 == 2);
   if(g_store.Compact(g_nowMs, g_nowMs))
      PrintFormat("COMPACTED %d", g_store.Count());
   else
      PrintFormat("UNCHANGED %s %s", g_store.IsOpen() ? "open" : "closed", g_store.Error());
  }

int OnInit(void)
  {
   EventSetMillisecondTimer(10);
   g_nowMs = NowMs;
   OpenStore();
   if(!g_store.IsOpen() && !Hold)
      ExpertRemove();
   return(INIT_SUCCEEDED);
  }

void OnTimer(void)
  {
   for(int i = 0; i < Burst && g_store.IsOpen() && g_done < Appends; i++)
     {
      g_nowMs += 1000;
      AppendNext();
      if(g_done == Compact)
         CompactStore();
     }
   if(!Hold && (g_done >= Appends || !g_store.IsOpen()))
      ExpertRemove();
  }

void OnDeinit(const int reason)
  {
   g_store.Close();
   PrintFormat("END %d", reason);
  }
//+------------------------------------------------------------------+
