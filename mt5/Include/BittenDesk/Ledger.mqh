//+------------------------------------------------------------------+
//| Ledger.mqh - what has been asked under each signal_id, and what  |
//| became of it: the memory that makes "never twice" true.          |
//|                                                                  |
//| Records of the store:                                            |
//|    session    session, epoch                                     |
//|    intent     signal_id, session, time, symbol, side, lots, what |
//|               was asked: written before an order leaves          |
//|    result     signal_id, what was told first                     |
//|    tombstone  signal_ids: refused from then on                   |
//|    close-only 1 or 0                                             |
//+------------------------------------------------------------------+
#ifndef BITTENDESK_LEDGER_MQH
#define BITTENDESK_LEDGER_MQH

#include <BittenDesk/Store.mqh>

#define LEDGER_SESSION     1
#define LEDGER_INTENT      2
#define LEDGER_RESULT      3
#define LEDGER_TOMBSTONE   4
#define LEDGER_CLOSE_ONLY  5

#define LEDGER_BUCKETS     16384
#define LEDGER_KEPT_MS     2592000000   // 30 days: older orders are left out when the file has grown
#define LEDGER_LARGE       33554432     // bytes from which on it is made smaller, at a start

enum ENUM_LEDGER_STATE
  {
   LEDGER_UNSEEN  = 0,
   LEDGER_PENDING = 1,   // an intent without a result
   LEDGER_SETTLED = 2,   // it has its result
   LEDGER_REFUSED = 3    // a tombstone
  };

struct Intent
  {
   string            id;
   string            session;
   long              timeMs;      // UTC
   long              serverTime;  // seconds of the broker's clock
   string            symbol;
   int               type;        // ENUM_ORDER_TYPE
   double            lots;
   string            content;     // what was asked, without what differs when it is sent again
  };

class CLedger
  {
private:
   CStore            m_store;
   int               m_buckets[LEDGER_BUCKETS];   // 1 + index of the first entry
   int               m_next[];
   string            m_ids[];
   int               m_intents[];                 // index of the intent's record, -1: none
   int               m_results[];
   bool              m_isRefused[];
   int               m_count;
   string            m_sessions[];
   int               m_sessionCount;
   long              m_epoch;
   bool              m_closeOnly;
   bool              m_isCloseOnlyKept;           // the store has the switch as it is
   string            m_error;

   int               BucketOf(const string id) const
     {
      uint hash = 2166136261;
      for(int i = 0; i < StringLen(id); i++)
         hash = (hash ^ StringGetCharacter(id, i)) * 16777619;
      return((int)(hash % LEDGER_BUCKETS));
     }

   int               Find(const string id) const
     {
      for(int i = m_buckets[BucketOf(id)] - 1; i >= 0; i = m_next[i])
         if(m_ids[i] == id)
            return(i);
      return(-1);
     }

   int               FindOrAdd(const string id)
     {
      const int known = Find(id);
      if(known >= 0)
         return(known);
      if(m_count == ArraySize(m_ids))
        {
         const int room = 2 * m_count + 256;
         ArrayResize(m_ids, room);
         ArrayResize(m_next, room);
         ArrayResize(m_intents, room);
         ArrayResize(m_results, room);
         ArrayResize(m_isRefused, room);
        }
      const int bucket = BucketOf(id);
      m_ids[m_count] = id;
      m_intents[m_count] = -1;
      m_results[m_count] = -1;
      m_isRefused[m_count] = false;
      m_next[m_count] = m_buckets[bucket] - 1;
      m_count++;
      m_buckets[bucket] = m_count;
      return(m_count - 1);
     }

   void              AddSession(const string session)
     {
      if(m_sessionCount == ArraySize(m_sessions))
         ArrayResize(m_sessions, 2 * m_sessionCount + 64);
      m_sessions[m_sessionCount] = session;
      m_sessionCount++;
     }

   //--- takes a record of the store into the index
   void              Index(const int record, const string text)
     {
      string parts[];
      const int count = StringSplit(text, '\t', parts);
      if(count < 1)
         return;
      switch(m_store.Kind(record))
        {
         case LEDGER_SESSION:
            AddSession(parts[0]);
            if(count > 1 && StringToInteger(parts[1]) > m_epoch)
               m_epoch = StringToInteger(parts[1]);
            break;
         case LEDGER_INTENT:
            m_intents[FindOrAdd(parts[0])] = record;
            break;
         case LEDGER_RESULT:
            m_results[FindOrAdd(parts[0])] = record;
            break;
         case LEDGER_TOMBSTONE:
            for(int i = 0; i < count; i++)
               m_isRefused[FindOrAdd(parts[i])] = true;
            break;
         case LEDGER_CLOSE_ONLY:
            m_closeOnly = parts[0] == "1";
            break;
        }
     }

   bool              IndexAll(void)
     {
      Forget();
      for(int i = 0; i < m_store.Count(); i++)
        {
         string text = "";
         if(!m_store.Read(i, text))
           {
            m_error = m_store.Error();
            return(false);
           }
         Index(i, text);
        }
      return(true);
     }

   void              Forget(void)
     {
      ArrayInitialize(m_buckets, 0);
      m_count = 0;
      m_sessionCount = 0;
      m_epoch = 0;
      m_closeOnly = false;
      m_isCloseOnlyKept = true;
     }

   //--- the newest session, switch and all intents without a result stay, however old
   void              MakeSmaller(const long nowMs)
     {
      int session = -1;
      int closeOnly = -1;
      for(int i = 0; i < m_store.Count(); i++)
        {
         if(m_store.Kind(i) == LEDGER_SESSION)
            session = i;
         if(m_store.Kind(i) == LEDGER_CLOSE_ONLY)
            closeOnly = i;
         if(m_store.Kind(i) == LEDGER_TOMBSTONE)
            m_store.Keep(i, true);
        }
      for(int i = 0; i < m_count; i++)
         if(m_intents[i] >= 0 && m_results[i] < 0)
            m_store.Keep(m_intents[i], true);
      if(session >= 0)
         m_store.Keep(session, true);
      if(closeOnly >= 0)
         m_store.Keep(closeOnly, true);
      if(!m_store.Compact(nowMs - LEDGER_KEPT_MS, nowMs))
         Print("The record of orders was not made smaller: ", m_store.Error());
     }

   bool              Append(const uint kind, const long nowMs, const string text)
     {
      if(m_store.Append(kind, nowMs, text))
         return(true);
      m_error = m_store.Error();
      return(false);
     }

public:
                     CLedger(void)
     {
      Forget();
     }

   //--- false: Error says why, IsInUse whether another program has it
   bool              Open(const string login, const string server, const long nowMs)
     {
      m_error = "";
      if(!m_store.Open(login, server, nowMs))
        {
         m_error = m_store.Error();
         return(false);
        }
      if(!IndexAll())
        {
         m_store.Close();
         return(false);
        }
      if(m_store.Size() <= LEDGER_LARGE)
         return(true);
      MakeSmaller(nowMs);
      return((m_store.IsOpen() || m_store.Open(login, server, nowMs)) && IndexAll());
     }

   void              Close(void)
     {
      m_store.Close();
      Forget();
     }

   bool              IsOpen(void) const
     {
      return(m_store.IsOpen());
     }

   bool              IsInUse(void) const
     {
      return(m_store.IsInUse());
     }

   string            Error(void) const
     {
      return(m_error);
     }

   string            StateName(void) const
     {
      return(m_store.StateName());
     }

   long              Epoch(void) const
     {
      return(m_epoch);
     }

   bool              IsCloseOnly(void) const
     {
      return(m_closeOnly);
     }

   //--- whether the store has the switch as it is
   bool              IsCloseOnlyKept(void) const
     {
      return(m_isCloseOnlyKept);
     }

   ENUM_LEDGER_STATE State(const string id) const
     {
      const int at = Find(id);
      if(at < 0)
         return(LEDGER_UNSEEN);
      if(m_results[at] >= 0)
         return(LEDGER_SETTLED);
      if(m_intents[at] >= 0)
         return(LEDGER_PENDING);
      return(m_isRefused[at] ? LEDGER_REFUSED : LEDGER_UNSEEN);
     }

   //--- how many IDs begin like this
   int               CountBeginning(const string beginning) const
     {
      int count = 0;
      for(int i = 0; i < m_count; i++)
         if(StringFind(m_ids[i], beginning) == 0)
            count++;
      return(count);
     }

   //--- whether it can be said that an ID was never seen: its session was recorded here, and nothing is missing since then
   bool              CanSayNever(const string session, const long sentAt) const
     {
      if(m_store.State() == STORE_TORN || m_store.State() == STORE_CLOSED || StringLen(session) == 0 || sentAt < m_store.CompleteSinceMs())
         return(false);
      for(int i = m_sessionCount - 1; i >= 0; i--)
         if(m_sessions[i] == session)
            return(true);
      return(false);
     }

   //--- the desk's session is known from now on
   bool              PutSession(const string session, const long epoch, const long nowMs)
     {
      const long highest = epoch > m_epoch ? epoch : m_epoch;
      if(!Append(LEDGER_SESSION, nowMs, session + "\t" + IntegerToString(highest)))
         return(false);
      AddSession(session);
      m_epoch = highest;
      return(true);
     }

   //--- what tightens holds at once, also where it can't be written; what loosens once it is written
   bool              PutCloseOnly(const bool on, const long nowMs)
     {
      if(on == m_closeOnly && m_isCloseOnlyKept)
         return(true);
      if(!Append(LEDGER_CLOSE_ONLY, nowMs, on ? "1" : "0"))
        {
         if(on)
           {
            m_closeOnly = true;
            m_isCloseOnlyKept = false;
           }
         return(false);
        }
      m_closeOnly = on;
      m_isCloseOnlyKept = true;
      return(true);
     }

   bool              PutIntent(const Intent &intent)
     {
      const string text = intent.id + "\t" + intent.session + "\t" + IntegerToString(intent.serverTime) + "\t" + intent.symbol + "\t" +
                          IntegerToString(intent.type) + "\t" + DoubleToString(intent.lots, 8) + "\t" + intent.content;
      if(!Append(LEDGER_INTENT, intent.timeMs, text))
         return(false);
      m_intents[FindOrAdd(intent.id)] = m_store.Count() - 1;
      return(true);
     }

   bool              PutResult(const string id, const string json, const long nowMs)
     {
      if(!Append(LEDGER_RESULT, nowMs, id + "\t" + json))
         return(false);
      m_results[FindOrAdd(id)] = m_store.Count() - 1;
      return(true);
     }

   //--- all in one record, so that many cost one flush
   bool              PutTombstones(const string &ids[], const long nowMs)
     {
      string text = "";
      for(int i = 0; i < ArraySize(ids); i++)
         text += (i == 0 ? "" : "\t") + ids[i];
      if(!Append(LEDGER_TOMBSTONE, nowMs, text))
         return(false);
      for(int i = 0; i < ArraySize(ids); i++)
         m_isRefused[FindOrAdd(ids[i])] = true;
      return(true);
     }

   //--- what was asked under an ID; false: it is not there
   bool              ReadIntent(const string id, Intent &intent)
     {
      const int at = Find(id);
      string text = "";
      string parts[];
      if(at < 0 || m_intents[at] < 0 || !m_store.Read(m_intents[at], text) || StringSplit(text, '\t', parts) != 7)
         return(false);
      intent.id = id;
      intent.session = parts[1];
      intent.timeMs = m_store.TimeMs(m_intents[at]);
      intent.serverTime = StringToInteger(parts[2]);
      intent.symbol = parts[3];
      intent.type = (int)StringToInteger(parts[4]);
      intent.lots = StringToDouble(parts[5]);
      intent.content = parts[6];
      return(true);
     }

   //--- what was told first; empty: it can't be read, or there is none
   string            ReadResult(const string id)
     {
      const int at = Find(id);
      string text = "";
      if(at < 0 || m_results[at] < 0 || !m_store.Read(m_results[at], text))
         return("");
      const int tab = StringFind(text, "\t");
      return(tab < 0 ? "" : StringSubstr(text, tab + 1));
     }

   //--- IDs with an intent and no result, the oldest first
   int               Pending(string &ids[]) const
     {
      int count = 0;
      for(int i = 0; i < m_count; i++)
         if(m_intents[i] >= 0 && m_results[i] < 0)
           {
            ArrayResize(ids, count + 1, 64);
            ids[count] = m_ids[i];
            count++;
           }
      return(count);
     }
  };

#endif
//+------------------------------------------------------------------+
