//+------------------------------------------------------------------+
//| PartFinder.mqh - what became of a request, by the account's      |
//| orders, deals and positions: events can be late or lost (E18),   |
//| and a terminal that was ended gets none.                         |
//|                                                                  |
//| Where the answer has named the order, its number counts. Else an |
//| order of this magic number, symbol and side is taken whose       |
//| comment is the ID, or its first 26 characters at least: brokers  |
//| cut comments at 26 to 31 (E20). Such a cut comment is no evidence|
//| where another ID begins with it.                                 |
//+------------------------------------------------------------------+
#ifndef BITTENDESK_PARTFINDER_MQH
#define BITTENDESK_PARTFINDER_MQH

#include <BittenDesk/Ledger.mqh>
#include <BittenDesk/OrderPart.mqh>

#define FINDER_BEFORE_S   600     // the broker's clock and the PC's may differ by so much (E22)
#define FINDER_AFTER_S    86400
#define FINDER_CUT        26      // a shorter comment was not cut

class CPartFinder
  {
private:
   ulong             m_magic;

   void              End(OrderPart &part, const string code, const string failure) const
     {
      part.isDone = true;
      part.code = code;
      part.failure = failure;
     }

   bool              IsBuy(const long type) const
     {
      return(type == ORDER_TYPE_BUY || type == ORDER_TYPE_BUY_LIMIT || type == ORDER_TYPE_BUY_STOP || type == ORDER_TYPE_BUY_STOP_LIMIT);
     }

   bool              IsComment(const string comment, const OrderPart &part, const CLedger &ledger) const
     {
      if(comment == part.id)
         return(true);
      return(StringLen(comment) >= FINDER_CUT && StringFind(part.id, comment) == 0 && ledger.CountBeginning(comment) <= 1);
     }

   bool              SelectSince(const OrderPart &part) const
     {
      return(HistorySelect((datetime)(part.since - FINDER_BEFORE_S), (datetime)(part.since + FINDER_AFTER_S)));
     }

   //--- few rows instead of all since then, where the terminal knows the position of the order
   bool              SelectOfOrder(const OrderPart &part) const
     {
      if(part.order == 0 || !HistoryOrderSelect(part.order))
         return(false);
      const long position = HistoryOrderGetInteger(part.order, ORDER_POSITION_ID);
      return(position != 0 && HistorySelectByPosition(position));
     }

   //--- looks for the order where the answer with its number was lost, in the history that was selected
   void              FindOrder(OrderPart &part, const CLedger &ledger) const
     {
      for(int i = HistoryOrdersTotal() - 1; i >= 0 && part.order == 0; i--)
        {
         const ulong ticket = HistoryOrderGetTicket(i);
         if(ticket == 0 || (part.position != 0 && HistoryOrderGetInteger(ticket, ORDER_POSITION_ID) != (long)part.position))
            continue;
         if(IsLike(part, HistoryOrderGetString(ticket, ORDER_SYMBOL), HistoryOrderGetInteger(ticket, ORDER_TYPE), HistoryOrderGetInteger(ticket, ORDER_MAGIC)) &&
            IsComment(HistoryOrderGetString(ticket, ORDER_COMMENT), part, ledger))
            part.order = ticket;
        }
      for(int i = OrdersTotal() - 1; i >= 0 && part.order == 0; i--)
        {
         const ulong ticket = OrderGetTicket(i);
         if(ticket != 0 && IsLike(part, OrderGetString(ORDER_SYMBOL), OrderGetInteger(ORDER_TYPE), OrderGetInteger(ORDER_MAGIC)) &&
            IsComment(OrderGetString(ORDER_COMMENT), part, ledger))
            part.order = ticket;
        }
     }

   //--- adds up the deals of the request's order; where it is not known, of its ID
   void              AddDeals(OrderPart &part, const CLedger &ledger) const
     {
      part.traded = 0;
      part.value = 0;
      for(int i = 0; i < HistoryDealsTotal(); i++)
        {
         const ulong deal = HistoryDealGetTicket(i);
         if(deal == 0 || !IsDeal(part, deal, ledger))
            continue;
         const double lots = HistoryDealGetDouble(deal, DEAL_VOLUME);
         part.traded += lots;
         part.value += lots * HistoryDealGetDouble(deal, DEAL_PRICE);
         part.deal = deal;
         part.gotPosition = (ulong)HistoryDealGetInteger(deal, DEAL_POSITION_ID);
         part.order = (ulong)HistoryDealGetInteger(deal, DEAL_ORDER);
        }
     }

   bool              IsDeal(const OrderPart &part, const ulong deal, const CLedger &ledger) const
     {
      const bool isBy = HistoryDealGetInteger(deal, DEAL_ENTRY) == DEAL_ENTRY_OUT_BY;
      if(part.position != 0 && HistoryDealGetInteger(deal, DEAL_POSITION_ID) != (long)part.position)
         return(false);
      if(part.order != 0)
         return(HistoryDealGetInteger(deal, DEAL_ORDER) == (long)part.order);
      if(part.action == TRADE_ACTION_CLOSE_BY)
         return(isBy && IsComment(HistoryDealGetString(deal, DEAL_COMMENT), part, ledger));
      return(IsLike(part, HistoryDealGetString(deal, DEAL_SYMBOL), HistoryDealGetInteger(deal, DEAL_TYPE), HistoryDealGetInteger(deal, DEAL_MAGIC)) &&
             IsComment(HistoryDealGetString(deal, DEAL_COMMENT), part, ledger));
     }

   //--- symbol, side and magic number; a deal's types are those of market orders
   bool              IsLike(const OrderPart &part, const string symbol, const long type, const long magic) const
     {
      return(symbol == part.symbol && IsBuy(type) == IsBuy(part.type) && magic == (long)m_magic);
     }

   //--- done with all lots, or once its order has ended, or stands with a rest that the answer has told
   void              LookAtDeal(OrderPart &part, const CLedger &ledger) const
     {
      part.traded = 0;
      if(SelectOfOrder(part))
         AddDeals(part, ledger);
      if(part.traded <= 0)
        {
         if(!SelectSince(part))
            return;
         if(part.order == 0)
            FindOrder(part, ledger);
         AddDeals(part, ledger);
        }
      //--- two positions close each other by the lots of the smaller one, in one deal each
      const bool isPart = part.traded > 0 && (part.retcode == TRADE_RETCODE_DONE_PARTIAL || part.action == TRADE_ACTION_CLOSE_BY);
      if(isPart || (part.traded > 0 && part.traded >= part.lots - PART_EPSILON))
        {
         End(part, "", "");
         return;
        }
      if(part.order == 0 || OrderSelect(part.order) || !HistoryOrderSelect(part.order))
         return;
      const long state = HistoryOrderGetInteger(part.order, ORDER_STATE);
      const double filled = HistoryOrderGetDouble(part.order, ORDER_VOLUME_INITIAL) - HistoryOrderGetDouble(part.order, ORDER_VOLUME_CURRENT);
      if(state == ORDER_STATE_FILLED || part.traded < filled - PART_EPSILON)
         return;   // its deals show up after it
      if(part.traded > 0)
         End(part, "", "");
      else
         if(GetTickCount64() - part.begun >= 500)
            End(part, "broker", state == ORDER_STATE_REJECTED ? "The broker rejected the order" : "The order ended without a deal");
     }

   void              LookAtPending(OrderPart &part, const CLedger &ledger) const
     {
      if(part.order == 0 && SelectSince(part))
         FindOrder(part, ledger);
      if(part.order != 0)
         End(part, "", "");
     }

   void              LookAtStops(OrderPart &part) const
     {
      if(!SelectPosition(part.position))
         return;
      const double half = SymbolInfoDouble(PositionGetString(POSITION_SYMBOL), SYMBOL_POINT) / 2;
      if(MathAbs(PositionGetDouble(POSITION_SL) - part.sl) < half && MathAbs(PositionGetDouble(POSITION_TP) - part.tp) < half)
         End(part, "", "");
     }

   void              LookAtModify(OrderPart &part) const
     {
      if(!OrderSelect(part.order))
         return;
      const double half = SymbolInfoDouble(OrderGetString(ORDER_SYMBOL), SYMBOL_POINT) / 2;
      const bool isPrice = part.price <= 0 || MathAbs(OrderGetDouble(ORDER_PRICE_OPEN) - part.price) < half;
      if(isPrice && MathAbs(OrderGetDouble(ORDER_SL) - part.sl) < half && MathAbs(OrderGetDouble(ORDER_TP) - part.tp) < half)
         End(part, "", "");
     }

   //--- an order that is gone may have been filled
   void              LookAtCancel(OrderPart &part) const
     {
      if(OrderSelect(part.order) || !HistoryOrderSelect(part.order))
         return;
      const long state = HistoryOrderGetInteger(part.order, ORDER_STATE);
      if(state == ORDER_STATE_CANCELED)
         End(part, "", "");
      else
         End(part, "broker", state == ORDER_STATE_FILLED ? "The order was filled before it could be deleted" : "The order had ended before it could be deleted");
     }

   bool              IsOfOther(const string comment, const CLedger &ledger) const
     {
      return(ledger.State(comment) != LEDGER_UNSEEN);
     }

public:
                     CPartFinder(void)
     {
      m_magic = 0;
     }

   void              Init(const ulong magic)
     {
      m_magic = magic;
     }

   //--- ends a part where the account shows what became of it
   void              Look(OrderPart &part, const CLedger &ledger) const
     {
      switch(part.action)
        {
         case TRADE_ACTION_PENDING:
            LookAtPending(part, ledger);
            break;
         case TRADE_ACTION_SLTP:
            LookAtStops(part);
            break;
         case TRADE_ACTION_MODIFY:
            LookAtModify(part);
            break;
         case TRADE_ACTION_REMOVE:
            LookAtCancel(part);
            break;
         case TRADE_ACTION_DEAL:
         case TRADE_ACTION_CLOSE_BY:
            LookAtDeal(part, ledger);
            break;
        }
     }

   //--- whether the account shows for sure that nothing was traded: no order and no deal of this magic number, symbol and
   //--- side since then but those of other IDs
   bool              IsAbsent(const OrderPart &part, const CLedger &ledger) const
     {
      if(part.action == TRADE_ACTION_SLTP)
         return(SelectPosition(part.position));
      if(part.action == TRADE_ACTION_MODIFY || part.action == TRADE_ACTION_REMOVE)
         return(OrderSelect(part.order));
      if(part.order != 0 || StringLen(part.symbol) == 0 || !SelectSince(part))
         return(false);
      for(int i = HistoryOrdersTotal() - 1; i >= 0; i--)
        {
         const ulong ticket = HistoryOrderGetTicket(i);
         if(ticket != 0 && IsLike(part, HistoryOrderGetString(ticket, ORDER_SYMBOL), HistoryOrderGetInteger(ticket, ORDER_TYPE), HistoryOrderGetInteger(ticket, ORDER_MAGIC)) &&
            !IsOfOther(HistoryOrderGetString(ticket, ORDER_COMMENT), ledger))
            return(false);
        }
      for(int i = HistoryDealsTotal() - 1; i >= 0; i--)
        {
         const ulong deal = HistoryDealGetTicket(i);
         if(deal != 0 && IsLike(part, HistoryDealGetString(deal, DEAL_SYMBOL), HistoryDealGetInteger(deal, DEAL_TYPE), HistoryDealGetInteger(deal, DEAL_MAGIC)) &&
            !IsOfOther(HistoryDealGetString(deal, DEAL_COMMENT), ledger))
            return(false);
        }
      for(int i = OrdersTotal() - 1; i >= 0; i--)
        {
         if(OrderGetTicket(i) != 0 && IsLike(part, OrderGetString(ORDER_SYMBOL), OrderGetInteger(ORDER_TYPE), OrderGetInteger(ORDER_MAGIC)) &&
            !IsOfOther(OrderGetString(ORDER_COMMENT), ledger))
            return(false);
        }
      return(true);
     }

   //--- closes that carry an ID since then
   int               CountCloses(const OrderPart &part, const CLedger &ledger) const
     {
      int count = 0;
      if(!SelectSince(part))
         return(0);
      for(int i = 0; i < HistoryDealsTotal(); i++)
        {
         const ulong deal = HistoryDealGetTicket(i);
         if(deal != 0 && HistoryDealGetInteger(deal, DEAL_ENTRY) != DEAL_ENTRY_IN && IsComment(HistoryDealGetString(deal, DEAL_COMMENT), part, ledger))
            count++;
        }
      return(count);
     }
  };

#endif
//+------------------------------------------------------------------+
