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

#include <BittenDesk/Ledger.mqh>
#include <BittenDesk/Retcodes.mqh>

#define PART_POLL_MS     100     // the account is looked at so often
#define PART_EPSILON     1e-8    // lots
#define PART_COMMENT_MIN 16      // characters that brokers keep of a comment, at least

struct OrderPart
  {
   string            id;         // signal_id
   uint              request;    // of OrderSendAsync; 0: of an earlier run, or not known
   int               action;     // ENUM_TRADE_REQUEST_ACTIONS
   int               type;       // ENUM_ORDER_TYPE
   string            symbol;
   double            lots;
   ulong             position;   // that is closed or changed; 0: none
   double            sl;
   double            tp;
   long              since;      // seconds of the broker's clock: no deal of it is older
   ulong             begun;      // GetTickCount64
   ulong             nextLook;
   uint              retcode;    // 0: no answer yet
   ulong             order;
   ulong             deal;
   ulong             gotPosition;
   double            traded;     // lots
   double            value;      // sum of lots times price
   bool              isDone;
   string            failure;    // empty: it went well
   string            code;       // of the failure
  };

class COrderParts
  {
private:
   OrderPart         m_parts[];
   int               m_count;
   ulong             m_magic;
   uint              m_missingMs;   // what the account does not show after so long has not been traded

   void              End(OrderPart &part, const string code, const string failure) const
     {
      part.isDone = true;
      part.code = code;
      part.failure = failure;
     }

   //--- comments are evidence: cut by brokers, never longer than what was sent (E20)
   bool              MayBeComment(const string comment, const string id) const
     {
      const int length = StringLen(comment);
      const int least = StringLen(id) < PART_COMMENT_MIN ? StringLen(id) : PART_COMMENT_MIN;
      return(length >= least && StringFind(id, comment) == 0);
     }

   //--- whether an order of the history or a pending one is this request's
   bool              IsOrder(const OrderPart &part, const string symbol, const long type, const long magic, const string comment, const long time) const
     {
      return(symbol == part.symbol && type == (long)part.type && magic == (long)m_magic && time >= part.since - 1 && MayBeComment(comment, part.id));
     }

   //--- looks for the order where the answer with its number was lost
   void              FindOrder(OrderPart &part) const
     {
      for(int i = HistoryOrdersTotal() - 1; i >= 0 && part.order == 0; i--)
        {
         const ulong ticket = HistoryOrderGetTicket(i);
         if(part.position != 0 && HistoryOrderGetInteger(ticket, ORDER_POSITION_ID) != (long)part.position)
            continue;
         if(IsOrder(part, HistoryOrderGetString(ticket, ORDER_SYMBOL), HistoryOrderGetInteger(ticket, ORDER_TYPE), HistoryOrderGetInteger(ticket, ORDER_MAGIC),
                    HistoryOrderGetString(ticket, ORDER_COMMENT), HistoryOrderGetInteger(ticket, ORDER_TIME_SETUP)))
            part.order = ticket;
        }
      for(int i = OrdersTotal() - 1; i >= 0 && part.order == 0; i--)
        {
         const ulong ticket = OrderGetTicket(i);
         if(ticket != 0 && IsOrder(part, OrderGetString(ORDER_SYMBOL), OrderGetInteger(ORDER_TYPE), OrderGetInteger(ORDER_MAGIC), OrderGetString(ORDER_COMMENT), OrderGetInteger(ORDER_TIME_SETUP)))
            part.order = ticket;
        }
     }

   //--- adds up the deals of the request's order, or of the deals that carry its ID
   void              AddDeals(OrderPart &part) const
     {
      part.traded = 0;
      part.value = 0;
      for(int i = 0; i < HistoryDealsTotal(); i++)
        {
         const ulong deal = HistoryDealGetTicket(i);
         if(part.order == 0 || HistoryDealGetInteger(deal, DEAL_ORDER) != (long)part.order)
            continue;
         const double lots = HistoryDealGetDouble(deal, DEAL_VOLUME);
         part.traded += lots;
         part.value += lots * HistoryDealGetDouble(deal, DEAL_PRICE);
         part.deal = deal;
         part.gotPosition = (ulong)HistoryDealGetInteger(deal, DEAL_POSITION_ID);
        }
     }

   bool              IsOrderOpen(const ulong order) const
     {
      return(order != 0 && OrderSelect(order));
     }

   //--- the order of a request of the market: done with its last deal, or when it rests no more
   void              LookAtDeal(OrderPart &part) const
     {
      if(part.order == 0)
         FindOrder(part);
      AddDeals(part);
      if(part.traded >= part.lots - PART_EPSILON)
        {
         End(part, "", "");
         return;
        }
      if(part.order == 0 || IsOrderOpen(part.order) || !HistoryOrderSelect(part.order))
         return;
      //--- its deals may show up after it
      const long state = HistoryOrderGetInteger(part.order, ORDER_STATE);
      const double filled = HistoryOrderGetDouble(part.order, ORDER_VOLUME_INITIAL) - HistoryOrderGetDouble(part.order, ORDER_VOLUME_CURRENT);
      if(state == ORDER_STATE_FILLED || part.traded < filled - PART_EPSILON)
         return;
      if(part.traded > 0)
         End(part, "", "");
      else
         if(GetTickCount64() - part.begun >= 500)
            End(part, "broker", state == ORDER_STATE_REJECTED ? "The broker rejected the order" : "The order ended without a deal");
     }

   void              LookAtPending(OrderPart &part) const
     {
      if(part.order == 0)
         FindOrder(part);
      if(part.order != 0)
         End(part, "", "");
     }

   //--- a pending order that is gone was deleted, or filled before
   bool              LookAtRemoval(OrderPart &part) const
     {
      if(OrderSelect(part.order) || !HistoryOrderSelect(part.order))
         return(false);
      const long state = HistoryOrderGetInteger(part.order, ORDER_STATE);
      if(state == ORDER_STATE_FILLED || state == ORDER_STATE_PARTIAL)
         End(part, "broker", "The order was filled before it could be deleted");
      return(true);
     }

   //--- changes: done when the account shows them
   void              LookAtChange(OrderPart &part) const
     {
      bool isDone = false;
      switch(part.action)
        {
         case TRADE_ACTION_SLTP:
            isDone = PositionSelectByTicket(part.position) && MathAbs(PositionGetDouble(POSITION_SL) - part.sl) < 1e-9 && MathAbs(PositionGetDouble(POSITION_TP) - part.tp) < 1e-9;
            break;
         case TRADE_ACTION_REMOVE:
            isDone = LookAtRemoval(part);
            break;
         case TRADE_ACTION_CLOSE_BY:
            isDone = !PositionSelectByTicket(part.position);
            break;
        }
      const bool isAnswered = part.retcode == 10008 || part.retcode == 10009 || part.retcode == 10010 || part.retcode == 10025;
      if(!part.isDone && (isDone || isAnswered))
         End(part, "", "");
     }

   //--- whether an order of the account can be this request's although its comment does not say so: brokers may replace comments
   bool              HasStranger(const OrderPart &part, const CLedger &ledger) const
     {
      for(int i = HistoryOrdersTotal() - 1; i >= 0; i--)
        {
         const ulong ticket = HistoryOrderGetTicket(i);
         if(HistoryOrderGetString(ticket, ORDER_SYMBOL) == part.symbol && HistoryOrderGetInteger(ticket, ORDER_TYPE) == (long)part.type &&
            HistoryOrderGetInteger(ticket, ORDER_MAGIC) == (long)m_magic && HistoryOrderGetInteger(ticket, ORDER_TIME_SETUP) >= part.since - 1 &&
            MathAbs(HistoryOrderGetDouble(ticket, ORDER_VOLUME_INITIAL) - part.lots) < PART_EPSILON && ledger.State(HistoryOrderGetString(ticket, ORDER_COMMENT)) == LEDGER_UNSEEN)
            return(true);
        }
      return(false);
     }

   //--- what the account has not shown for long enough
   void              EndMissing(OrderPart &part, const CLedger &ledger) const
     {
      if(part.action != TRADE_ACTION_DEAL && part.action != TRADE_ACTION_PENDING)
         End(part, "unknown", "Whether it was changed is not known: look in MT5");
      else
         if(HasStranger(part, ledger))
            End(part, "unknown", "The account has an order that may be this one, under another comment: look in MT5");
         else
            End(part, "not_traded", "The account's history shows neither an order nor a deal of it");
     }

   void              Look(OrderPart &part, const CLedger &ledger) const
     {
      if(part.retcode != 0 && part.retcode != 10025 && !IsRetcodeOpen(part.retcode))
        {
         End(part, RetcodeCode(part.retcode), RetcodeWords(part.retcode));
         return;
        }
      HistorySelect((datetime)(part.since - 60), (datetime)((long)TimeTradeServer() + 86400));
      switch(part.action)
        {
         case TRADE_ACTION_DEAL:
            LookAtDeal(part);
            break;
         case TRADE_ACTION_PENDING:
            LookAtPending(part);
            break;
         default:
            LookAtChange(part);
        }
      if(part.isDone || GetTickCount64() - part.begun < m_missingMs || TerminalInfoInteger(TERMINAL_CONNECTED) == 0)
         return;
      if(part.order == 0 || part.action != TRADE_ACTION_DEAL)
         EndMissing(part, ledger);
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
     }

   int               Count(void) const
     {
      return(m_count);
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

   //--- the terminal's answer to a request, by OnTradeTransaction
   void              OnAnswer(const MqlTradeResult &result)
     {
      for(int i = 0; i < m_count; i++)
         if(m_parts[i].request != 0 && m_parts[i].request == result.request_id && m_parts[i].retcode == 0)
           {
            m_parts[i].retcode = result.retcode;
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
