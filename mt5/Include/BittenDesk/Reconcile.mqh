//+------------------------------------------------------------------+
//| Reconcile.mqh - the answer to the question what became of IDs    |
//| (N8): the first result, pending, never_seen or cannot_say.       |
//|                                                                  |
//| never_seen is said only where the store has recorded the ID's    |
//| session and misses nothing since, and only after a tombstone was |
//| written: that ID is refused from then on, whatever arrives.      |
//+------------------------------------------------------------------+
#ifndef BITTENDESK_RECONCILE_MQH
#define BITTENDESK_RECONCILE_MQH

#include <BittenDesk/Command.mqh>
#include <BittenDesk/JsonWriter.mqh>
#include <BittenDesk/Ledger.mqh>

#define RECONCILE_PAGE  50   // IDs of one message

class CReconciled
  {
private:
   CJsonWriter       m_json;
   string            m_states[];
   string            m_results[];
   string            m_ids[];
   int               m_count;
   int               m_next;
   bool              m_isTold;
   long              m_n;
   string            m_store;

   string            StateOf(CLedger &ledger, const AskedId &asked, string &result) const
     {
      result = "";
      switch(ledger.State(asked.id))
        {
         case LEDGER_SETTLED:
            result = ledger.ReadResult(asked.id);
            return(StringLen(result) > 0 ? "result" : "cannot_say");
         case LEDGER_PENDING:
            return("pending");
         case LEDGER_REFUSED:
            return(ledger.CanSayNever(asked.session, asked.sentAt) ? "never_seen" : "cannot_say");
         default:
            return("cannot_say");
        }
     }

   //--- IDs that were never seen are refused from now on
   void              Refuse(CLedger &ledger, const AskedId &asked[], const long nowMs) const
     {
      string unseen[];
      int count = 0;
      for(int i = 0; i < ArraySize(asked); i++)
         if(ledger.State(asked[i].id) == LEDGER_UNSEEN)
           {
            ArrayResize(unseen, count + 1, COMMAND_MAX_IDS);
            unseen[count] = asked[i].id;
            count++;
           }
      if(count > 0 && !ledger.PutTombstones(unseen, nowMs))
         Print("What was never seen could not be recorded, so that it can't be said: ", ledger.Error());
     }

public:
                     CReconciled(void)
     {
      m_count = 0;
      m_next = 0;
      m_isTold = true;
      m_n = 0;
     }

   //--- the connection of the question has ended
   void              Forget(void)
     {
      m_isTold = true;
     }

   void              Answer(CLedger &ledger, const AskedId &asked[], const long n, const long nowMs)
     {
      m_count = ArraySize(asked);
      m_next = 0;
      m_isTold = false;
      m_n = n;
      m_store = ledger.StateName();
      ArrayResize(m_ids, m_count);
      ArrayResize(m_states, m_count);
      ArrayResize(m_results, m_count);
      Refuse(ledger, asked, nowMs);
      for(int i = 0; i < m_count; i++)
        {
         m_ids[i] = asked[i].id;
         m_states[i] = StateOf(ledger, asked[i], m_results[i]);
        }
     }

   //--- false: all pages were given
   bool              NextPage(string &page)
     {
      if(m_isTold)
         return(false);
      const int end = m_count < m_next + RECONCILE_PAGE ? m_count : m_next + RECONCILE_PAGE;
      m_json.Clear();
      m_json.OpenObject();
      m_json.Text("type", "reconciled");
      m_json.Integer("n", m_n);
      m_json.Bool("last", end == m_count);
      m_json.Text("store", m_store);
      m_json.OpenArray("ids");
      for(; m_next < end; m_next++)
        {
         m_json.OpenObject();
         m_json.Text("signal_id", m_ids[m_next]);
         m_json.Text("state", m_states[m_next]);
         if(m_states[m_next] == "result")
            m_json.Raw("result", m_results[m_next]);
         m_json.Close();
        }
      m_json.Close();
      m_json.Close();
      page = m_json.Written();
      m_isTold = end == m_count;
      return(m_json.IsWhole());
     }
  };

#endif
//+------------------------------------------------------------------+
