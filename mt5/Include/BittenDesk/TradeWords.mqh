//+------------------------------------------------------------------+
//| TradeWords.mqh - MetaTrader's numbers of sides, kinds, entries   |
//| and reasons as words, and times of the broker's clock as UTC.    |
//+------------------------------------------------------------------+
#ifndef BITTENDESK_TRADEWORDS_MQH
#define BITTENDESK_TRADEWORDS_MQH

#include <BittenDesk/Ledger.mqh>

#define TRADEWORDS_ZONE_S  900   // zones differ by whole quarters of an hour

class CTradeWords
  {
public:
   //--- of a position, a deal or an order: the numbers of buys are even. Not for ORDER_TYPE_CLOSE_BY, which has no side.
   static string     Side(const long type)
     {
      return(type % 2 == 0 ? "buy" : "sell");
     }

   static string     OrderKind(const long type)
     {
      if(type == ORDER_TYPE_BUY_LIMIT || type == ORDER_TYPE_SELL_LIMIT)
         return("limit");
      if(type == ORDER_TYPE_BUY_STOP || type == ORDER_TYPE_SELL_STOP)
         return("stop");
      if(type == ORDER_TYPE_BUY_STOP_LIMIT || type == ORDER_TYPE_SELL_STOP_LIMIT)
         return("stop_limit");
      return("market");
     }

   static bool       IsTrade(const long dealType)
     {
      return(dealType == DEAL_TYPE_BUY || dealType == DEAL_TYPE_SELL);
     }

   static string     DealKind(const long dealType)
     {
      switch((int)dealType)
        {
         case DEAL_TYPE_BUY:
         case DEAL_TYPE_SELL:
            return("trade");
         case DEAL_TYPE_BALANCE:
            return("balance");
         case DEAL_TYPE_CREDIT:
            return("credit");
         case DEAL_TYPE_CHARGE:
            return("charge");
         case DEAL_TYPE_CORRECTION:
            return("correction");
         case DEAL_TYPE_BONUS:
            return("bonus");
         case DEAL_TYPE_COMMISSION:
            return("commission");
        }
      return("other");
     }

   static string     Entry(const long entry)
     {
      switch((int)entry)
        {
         case DEAL_ENTRY_IN:
            return("in");
         case DEAL_ENTRY_OUT:
            return("out");
         case DEAL_ENTRY_INOUT:
            return("inout");
        }
      return("out_by");
     }

   //--- what made a position, an order or a deal: the three enumerations have the same numbers
   static string     Reason(const long reason)
     {
      switch((int)reason)
        {
         case DEAL_REASON_CLIENT:
            return("client");
         case DEAL_REASON_MOBILE:
            return("mobile");
         case DEAL_REASON_WEB:
            return("web");
         case DEAL_REASON_EXPERT:
            return("expert");
         case DEAL_REASON_SL:
            return("sl");
         case DEAL_REASON_TP:
            return("tp");
         case DEAL_REASON_SO:
            return("so");
         case DEAL_REASON_ROLLOVER:
            return("rollover");
         case DEAL_REASON_VMARGIN:
            return("vmargin");
         case DEAL_REASON_SPLIT:
            return("split");
        }
      return("other");
     }

   //--- the ID under which the desk asked for it: its comment, where this EA's magic number says that the comment is its own
   //--- and it is one of its IDs (E20); empty: not known
   static string     SignalId(const CLedger &ledger, const bool isOwn, const string comment)
     {
      if(!isOwn || StringLen(comment) == 0)
         return("");
      const ENUM_LEDGER_STATE state = ledger.State(comment);
      return(state == LEDGER_PENDING || state == LEDGER_SETTLED ? comment : "");
     }

   //--- how far the broker's clock is ahead of UTC now, seconds; both are the PC's clock, so that it being wrong does no harm (E22)
   static long       ZoneS(void)
     {
      const double differs = (double)((long)TimeTradeServer() - (long)TimeGMT());
      return((long)MathRound(differs / TRADEWORDS_ZONE_S) * TRADEWORDS_ZONE_S);
     }

   //--- milliseconds of the broker's clock as UTC, by its present zone
   static long       UtcMs(const long brokerMs)
     {
      return(brokerMs - ZoneS() * 1000);
     }
  };

#endif
//+------------------------------------------------------------------+
