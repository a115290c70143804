//+------------------------------------------------------------------+
//| OrderParts.mqh - requests that are on their way, and how each    |
//| ends. An order is one request, a close of all positions several. |
//|                                                                  |
//| A request that the server may have taken is settled by what the  |
//| account shows: its order, its deals, its position. Trade events  |
//| say so sooner, polling says so surely: events can be late, lost  |
//| and in any order (E17, E18).                                     |
//+------------------------------------------------------------------+
#ifndef BITTENDESK_ORDERPARTS_MQH
#define BITTENDESK_ORDERPARTS_MQH

#include <BittenDesk/PartFinder.mqh>
#include <BittenDesk/Retcodes.mqh>

#define PART_POLL_MS     100     // the account is looked at so often
#define PART_ANSWER_MS   40      // the account can show an end so long before the answer comes that has its retcode

class COrderParts
  {
private:
   OrderPart         m_parts[];
   int               m_count;
   ulong             m_magic;
   uint              m_missingMs;   // what the account does not show after so long has not been traded
   CPartFinder       m_finder;
   ulong             m_connectedAt; // since when the terminal has had its connection

   void              End(OrderPart &part, const string code, const string failure) const
     {
      part.isDone = true;
      part.code = code;
      part.failure = failure;
     }

   //--- whether the answer to a request that the account shows as done is still waited for
   bool              AwaitsAnswer(OrderPart &part) const
     {
      if(part.retcode != 0 || part.request == 0)
         return(false);
      const ulong now = GetTickCount64();
      if(part.seenAt == 0)
         part.seenAt = now;
      part.nextLook = part.seenAt + PART_ANSWER_MS;
      return(now < part.nextLook);
     }

   void              Look(OrderPart &part, const CLedger &ledger) const
     {
      if(part.retcode != 0 && part.retcode != 10025 && !IsRetcodeOpen(part.retcode))
        {
         End(part, RetcodeCode(part.retcode), RetcodeWords(part.retcode));
         return;
        }
      const bool isChange = part.action == TRADE_ACTION_SLTP || part.action == TRADE_ACTION_MODIFY || part.action == TRADE_ACTION_REMOVE;
      if(isChange && (part.retcode == 10009 || part.retcode == 10025))
        {
         End(part, "", "");
         return;
        }
      m_finder.Look(part, ledger);
      if(part.isDone && AwaitsAnswer(part))
        {
         part.isDone = false;
         return;
        }
      const ulong now = GetTickCount64();
      //--- the lists of a terminal without connection prove nothing
      if(part.isDone || now - part.begun < m_missingMs || now - m_connectedAt < m_missingMs)
         return;
      if(part.action == PART_NONE)
         End(part, "", "");
      else
         if(m_finder.IsAbsent(part, ledger))
            End(part, "not_traded", "The account shows neither an order nor a deal nor a change of it");
         else
            if(part.traded > 0)
               End(part, "", "");
            else
               End(part, "unknown", "Nobody knows whether it was carried out: look it up in MetaTrader");
     }

public:
                     COrderParts(void)
     {
      m_count = 0;
      Init(0, 60000);
     }

   void              Init(const ulong magic, const uint missingMs)
     {
      m_magic = magic;
      m_missingMs = missingMs;
      m_connectedAt = GetTickCount64();
      m_finder.Init(magic);
     }

   void              Forget(void)
     {
      m_count = 0;
      ArrayResize(m_parts, 0);
     }

   void              Add(const OrderPart &part)
     {
      ArrayResize(m_parts, m_count + 1, 64);
      m_parts[m_count] = part;
      m_parts[m_count].nextLook = 0;
      m_count++;
     }

   //--- sends a request; false: it was refused at once, which the part tells
   bool              Send(const MqlTradeRequest &request, OrderPart &part)
     {
      MqlTradeResult result = {};
      MqlTradeRequest sent = request;
      part.begun = GetTickCount64();
      part.since = (long)TimeTradeServer();
      part.action = request.action;
      part.type = request.type;
      part.symbol = request.symbol;
      part.lots = request.volume;
      part.position = request.position;
      if(request.position != 0 && PositionSelectByTicket(request.position))
         part.position = (ulong)PositionGetInteger(POSITION_IDENTIFIER);
      if(request.position_by != 0 && PositionSelectByTicket(request.position_by))
         part.by = (ulong)PositionGetInteger(POSITION_IDENTIFIER);
      part.price = request.price;
      part.sl = request.sl;
      part.tp = request.tp;
      part.order = request.order;
      ResetLastError();
      if(OrderSendAsync(sent, result))
        {
         part.request = result.request_id;
         Add(part);
         return(true);
        }
      part.retcode = result.retcode;
      const int error = GetLastError();
      const bool isNamed = result.retcode != 0 && result.retcode != 10009;
      End(part, isNamed ? RetcodeCode(result.retcode) : "broker", isNamed ? RetcodeWords(result.retcode) : "The terminal did not send it: error " + IntegerToString(error));
      Add(part);
      return(false);
     }

   //--- whether a close of a position is on its way. Two of them could open an opposite one on a netting account.
   bool              IsClosing(const ulong ticket) const
     {
      if(ticket == 0 || !PositionSelectByTicket(ticket))
         return(false);
      const ulong position = (ulong)PositionGetInteger(POSITION_IDENTIFIER);
      for(int i = 0; i < m_count; i++)
        {
         const bool isClose = m_parts[i].action == TRADE_ACTION_DEAL || m_parts[i].action == TRADE_ACTION_CLOSE_BY;
         if(isClose && !m_parts[i].isDone && (m_parts[i].position == position || m_parts[i].by == position))
            return(true);
        }
      return(false);
     }

   //--- the terminal's answer to a request, by OnTradeTransaction
   void              OnAnswer(const MqlTradeResult &result)
     {
      for(int i = 0; i < m_count; i++)
         if(m_parts[i].request != 0 && m_parts[i].request == result.request_id && m_parts[i].retcode == 0)
           {
            m_parts[i].retcode = result.retcode;
            m_parts[i].answeredAt = GetTickCount64();
            if(result.order != 0)
               m_parts[i].order = result.order;
            m_parts[i].nextLook = 0;
           }
     }

   //--- something has changed in the account
   void              OnChange(void)
     {
      for(int i = 0; i < m_count; i++)
         m_parts[i].nextLook = 0;
     }

   void              Step(const CLedger &ledger)
     {
      const ulong now = GetTickCount64();
      if(TerminalInfoInteger(TERMINAL_CONNECTED) == 0)
         m_connectedAt = now;
      for(int i = 0; i < m_count; i++)
        {
         if(m_parts[i].isDone || now < m_parts[i].nextLook)
            continue;
         m_parts[i].nextLook = now + PART_POLL_MS;
         Look(m_parts[i], ledger);
        }
     }

   bool              IsDone(const string id) const
     {
      for(int i = 0; i < m_count; i++)
         if(m_parts[i].id == id && !m_parts[i].isDone)
            return(false);
      return(true);
     }

   //--- closes of an earlier run that carry an ID
   int               CountCloses(const OrderPart &part, const CLedger &ledger) const
     {
      return(m_finder.CountCloses(part, ledger));
     }

   //--- takes all parts of an ID out; gives how many there were
   int               Take(const string id, OrderPart &parts[])
     {
      int taken = 0;
      int kept = 0;
      ArrayResize(parts, 0);
      for(int i = 0; i < m_count; i++)
        {
         if(m_parts[i].id == id)
           {
            ArrayResize(parts, taken + 1, 16);
            parts[taken] = m_parts[i];
            taken++;
            continue;
           }
         if(kept != i)
            m_parts[kept] = m_parts[i];
         kept++;
        }
      m_count = kept;
      ArrayResize(m_parts, m_count, 64);
      return(taken);
     }
  };

#endif
//+------------------------------------------------------------------+
