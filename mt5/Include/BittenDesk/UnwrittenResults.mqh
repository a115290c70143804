//+------------------------------------------------------------------+
//| UnwrittenResults.mqh - results that were told and could not be   |
//| written, as where the disk is full: each is tried again once a   |
//| second. Until then its order has an intent without a result.     |
//+------------------------------------------------------------------+
#ifndef BITTENDESK_UNWRITTENRESULTS_MQH
#define BITTENDESK_UNWRITTENRESULTS_MQH

#include <BittenDesk/Ledger.mqh>

#define UNWRITTEN_AGAIN_MS  1000

class CUnwrittenResults
  {
private:
   string            m_ids[];
   string            m_results[];
   int               m_count;
   ulong             m_next;      // GetTickCount64

public:
                     CUnwrittenResults(void)
     {
      m_next = 0;
      Forget();
     }

   //--- another account
   void              Forget(void)
     {
      m_count = 0;
     }

   void              Add(const string id, const string json)
     {
      ArrayResize(m_ids, m_count + 1, 64);
      ArrayResize(m_results, m_count + 1, 64);
      m_ids[m_count] = id;
      m_results[m_count] = json;
      m_count++;
     }

   bool              Has(const string id) const
     {
      for(int i = 0; i < m_count; i++)
         if(m_ids[i] == id)
            return(true);
      return(false);
     }

   //--- one step: the oldest first, until one can't be written
   void              Step(CLedger &ledger, const long nowMs)
     {
      if(m_count == 0 || GetTickCount64() < m_next)
         return;
      m_next = GetTickCount64() + UNWRITTEN_AGAIN_MS;
      int written = 0;
      while(written < m_count && ledger.PutResult(m_ids[written], m_results[written], nowMs))
         written++;
      for(int i = 0; i < written; i++)
         Print("The result of order ", m_ids[i], " is written now.");
      for(int i = written; i < m_count; i++)
        {
         m_ids[i - written] = m_ids[i];
         m_results[i - written] = m_results[i];
        }
      m_count -= written;
     }
  };

#endif
//+------------------------------------------------------------------+
