//+------------------------------------------------------------------+
//| OrderChecks.mqh - what is looked at before an order leaves, and  |
//| the request that is made of it. Nothing is adjusted: lots, stops |
//| and prices that the broker would not take are refused.           |
//+------------------------------------------------------------------+
#ifndef BITTENDESK_ORDERCHECKS_MQH
#define BITTENDESK_ORDERCHECKS_MQH

#include <BittenDesk/Command.mqh>
#include <BittenDesk/OrderPart.mqh>

#define CHECK_EPSILON  1e-9

class COrderChecks
  {
private:
   string            m_code;
   string            m_reason;
   ulong             m_magic;
   double            m_maxLot;       // own limits; 0: none
   int               m_maxPositions;
   double            m_dayLoss;      // in money of the account

   //--- gives false, so that a check can end with it
   bool              Refuse(const string code, const string reason)
     {
      m_code = code;
      m_reason = reason;
      return(false);
     }

   bool              IsMultiple(const double value, const double step) const
     {
      const double parts = value / step;
      return(MathAbs(parts - MathRound(parts)) < 1e-6);
     }

   bool              CheckPermissions(void)
     {
      if(TerminalInfoInteger(TERMINAL_CONNECTED) == 0)
         return(Refuse("trade_disabled", "The terminal has no connection to the broker."));
      if(TerminalInfoInteger(TERMINAL_TRADE_ALLOWED) == 0)
         return(Refuse("trade_disabled", "Automated trading is switched off in the terminal: press Algo Trading."));
      if(MQLInfoInteger(MQL_TRADE_ALLOWED) == 0)
         return(Refuse("trade_disabled", "This EA may not trade: allow it in the Common tab of its inputs."));
      if(AccountInfoInteger(ACCOUNT_TRADE_ALLOWED) == 0)
         return(Refuse("trade_disabled", "Trade is not allowed on this account."));
      if(AccountInfoInteger(ACCOUNT_TRADE_EXPERT) == 0)
         return(Refuse("trade_disabled", "The broker does not let EAs trade on this account."));
      return(true);
     }

   bool              CheckSymbol(const string symbol, const bool isBuy, const bool isClosing)
     {
      if(!SymbolSelect(symbol, true))
         return(Refuse("symbol", "There is no symbol " + symbol + " in this terminal."));
      const ENUM_SYMBOL_TRADE_MODE mode = (ENUM_SYMBOL_TRADE_MODE)SymbolInfoInteger(symbol, SYMBOL_TRADE_MODE);
      if(mode == SYMBOL_TRADE_MODE_DISABLED)
         return(Refuse("trade_disabled", symbol + " may not be traded."));
      if(isClosing)
         return(true);
      if(mode == SYMBOL_TRADE_MODE_CLOSEONLY)
         return(Refuse("trade_disabled", "Positions of " + symbol + " may only be closed."));
      if(mode == SYMBOL_TRADE_MODE_LONGONLY && !isBuy)
         return(Refuse("trade_disabled", symbol + " may only be bought."));
      if(mode == SYMBOL_TRADE_MODE_SHORTONLY && isBuy)
         return(Refuse("trade_disabled", symbol + " may only be sold."));
      return(true);
     }

   //--- lots of this symbol and side that are open or pending already
   double            LotsOf(const string symbol, const bool isBuy) const
     {
      double lots = 0;
      for(int i = PositionsTotal() - 1; i >= 0; i--)
        {
         const ulong ticket = PositionGetTicket(i);
         if(ticket != 0 && PositionGetString(POSITION_SYMBOL) == symbol && (PositionGetInteger(POSITION_TYPE) == POSITION_TYPE_BUY) == isBuy)
            lots += PositionGetDouble(POSITION_VOLUME);
        }
      for(int i = OrdersTotal() - 1; i >= 0; i--)
        {
         const ulong ticket = OrderGetTicket(i);
         if(ticket != 0 && OrderGetString(ORDER_SYMBOL) == symbol && IsBuyType((ENUM_ORDER_TYPE)OrderGetInteger(ORDER_TYPE)) == isBuy)
            lots += OrderGetDouble(ORDER_VOLUME_CURRENT);
        }
      return(lots);
     }

   bool              CheckLot(const string symbol, const double lot, const bool isBuy)
     {
      const double least = SymbolInfoDouble(symbol, SYMBOL_VOLUME_MIN);
      const double most = SymbolInfoDouble(symbol, SYMBOL_VOLUME_MAX);
      const double step = SymbolInfoDouble(symbol, SYMBOL_VOLUME_STEP);
      const double limit = SymbolInfoDouble(symbol, SYMBOL_VOLUME_LIMIT);
      if(lot < least - CHECK_EPSILON || lot > most + CHECK_EPSILON)
         return(Refuse("lot", "Lots " + Lots(lot) + " are not from " + Lots(least) + " to " + Lots(most) + ", as " + symbol + " takes."));
      if(step > 0 && !IsMultiple(lot, step))
         return(Refuse("lot", "Lots " + Lots(lot) + " are no multiple of the step of " + Lots(step) + " of " + symbol + "."));
      if(limit > 0 && LotsOf(symbol, isBuy) + lot > limit + CHECK_EPSILON)
         return(Refuse("lot", "With " + Lots(lot) + " lots there would be more than the " + Lots(limit) + " that the broker allows in " + symbol + "."));
      return(true);
     }

   //--- E15: the filling mode that the symbol takes
   bool              SetFilling(MqlTradeRequest &request)
     {
      const ENUM_SYMBOL_TRADE_EXECUTION execution = (ENUM_SYMBOL_TRADE_EXECUTION)SymbolInfoInteger(request.symbol, SYMBOL_TRADE_EXEMODE);
      const long flags = SymbolInfoInteger(request.symbol, SYMBOL_FILLING_MODE);
      request.type_filling = ORDER_FILLING_FOK;
      if(request.action == TRADE_ACTION_PENDING)
         request.type_filling = ORDER_FILLING_RETURN;
      else
         if(execution == SYMBOL_TRADE_EXECUTION_MARKET || execution == SYMBOL_TRADE_EXECUTION_EXCHANGE)
           {
            if((flags & SYMBOL_FILLING_FOK) != 0)
               request.type_filling = ORDER_FILLING_FOK;
            else
               if((flags & SYMBOL_FILLING_IOC) != 0)
                  request.type_filling = ORDER_FILLING_IOC;
               else
                 {
                  if(execution == SYMBOL_TRADE_EXECUTION_MARKET)
                     return(Refuse("filling", request.symbol + " takes neither FOK nor IOC orders at the market."));
                  request.type_filling = ORDER_FILLING_RETURN;
                 }
           }
      return(true);
     }

   //--- E16: stops against the side that closes; 0 is none
   bool              CheckStops(const string symbol, const bool isBuy, const double from, const double sl, const double tp)
     {
      const double point = SymbolInfoDouble(symbol, SYMBOL_POINT);
      const double level = (double)SymbolInfoInteger(symbol, SYMBOL_TRADE_STOPS_LEVEL) * point;
      const int digits = (int)SymbolInfoInteger(symbol, SYMBOL_DIGITS);
      const double below = isBuy ? from - sl : sl - from;
      const double above = isBuy ? tp - from : from - tp;
      if(sl > 0 && below < level - point / 100)
         return(Refuse("stops", "The stop loss " + DoubleToString(sl, digits) + " is closer to " + DoubleToString(from, digits) + " than the broker's " + DoubleToString(level, digits) + ", or beyond it."));
      if(tp > 0 && above < level - point / 100)
         return(Refuse("stops", "The take profit " + DoubleToString(tp, digits) + " is closer to " + DoubleToString(from, digits) + " than the broker's " + DoubleToString(level, digits) + ", or beyond it."));
      return(true);
     }

   bool              CheckGrid(const string symbol, const string name, const double price)
     {
      const double tick = SymbolInfoDouble(symbol, SYMBOL_TRADE_TICK_SIZE);
      if(price > 0 && tick > 0 && !IsMultiple(price, tick))
         return(Refuse(name == "price" ? "price" : "stops", "The " + name + " " + DoubleToString(price, 8) + " is no price of " + symbol + ", whose tick is " + DoubleToString(tick, 8) + "."));
      return(true);
     }

   bool              CheckMargin(const MqlTradeRequest &request)
     {
      double margin = 0;
      const ENUM_ORDER_TYPE side = IsBuyType(request.type) ? ORDER_TYPE_BUY : ORDER_TYPE_SELL;
      if(!OrderCalcMargin(side, request.symbol, request.volume, request.price, margin))
         return(Refuse("margin", "The terminal can't compute the margin of " + request.symbol + "."));
      if(margin > AccountInfoDouble(ACCOUNT_MARGIN_FREE))
         return(Refuse("margin", "It needs a margin of " + DoubleToString(margin, 2) + "; " + DoubleToString(AccountInfoDouble(ACCOUNT_MARGIN_FREE), 2) + " is free."));
      return(true);
     }

   //--- what this account has lost since the broker's day began, floating losses among it; 0: nothing
   double            LossToday(void) const
     {
      const long now = (long)TimeTradeServer();
      double result = AccountInfoDouble(ACCOUNT_PROFIT);
      if(HistorySelect((datetime)(now - now % 86400), (datetime)(now + 86400)))
         for(int i = HistoryDealsTotal() - 1; i >= 0; i--)
           {
            const ulong deal = HistoryDealGetTicket(i);
            const long type = HistoryDealGetInteger(deal, DEAL_TYPE);
            if(type == DEAL_TYPE_BUY || type == DEAL_TYPE_SELL)
               result += HistoryDealGetDouble(deal, DEAL_PROFIT) + HistoryDealGetDouble(deal, DEAL_SWAP) + HistoryDealGetDouble(deal, DEAL_COMMISSION);
           }
      return(result < 0 ? -result : 0);
     }

   bool              CheckOwnLimits(const double lot)
     {
      if(m_maxLot > 0 && lot > m_maxLot + CHECK_EPSILON)
         return(Refuse("limit", "Lots " + Lots(lot) + " are above this EA's own limit of " + Lots(m_maxLot) + "."));
      if(m_maxPositions > 0 && PositionsTotal() + OrdersTotal() >= m_maxPositions)
         return(Refuse("limit", "This EA's own limit of " + IntegerToString(m_maxPositions) + " open positions is reached."));
      if(m_dayLoss > 0 && LossToday() >= m_dayLoss)
         return(Refuse("limit", "This EA's own limit for the loss of a day of " + DoubleToString(m_dayLoss, 2) + " is reached."));
      return(true);
     }

   bool              SetStops(const Command &command, const bool isBuy, const double entry, MqlTradeRequest &request)
     {
      const double point = SymbolInfoDouble(command.symbol, SYMBOL_POINT);
      const int digits = (int)SymbolInfoInteger(command.symbol, SYMBOL_DIGITS);
      request.sl = command.slPrice;
      request.tp = command.tpPrice;
      if(!command.stopsArePrices)
        {
         const double sign = isBuy ? 1.0 : -1.0;
         request.sl = command.sl == 0 ? 0.0 : NormalizeDouble(entry - sign * (double)command.sl * point, digits);
         request.tp = command.tp == 0 ? 0.0 : NormalizeDouble(entry + sign * (double)command.tp * point, digits);
        }
      return(CheckGrid(command.symbol, "stop loss", request.sl) && CheckGrid(command.symbol, "take profit", request.tp));
     }

   //--- until when a pending order waits: as the symbol allows it, never another expiry
   bool              SetExpiry(const Command &command, MqlTradeRequest &request)
     {
      long until = command.until;
      if(command.untilUtc > 0)
        {
         //--- clocks differ by whole quarters of an hour
         const long ahead = (long)TimeTradeServer() - (long)TimeGMT();
         until = command.untilUtc / 1000 + (long)MathRound((double)ahead / 900.0) * 900;
        }
      const long modes = SymbolInfoInteger(command.symbol, SYMBOL_EXPIRATION_MODE);
      long mode = SYMBOL_EXPIRATION_GTC;
      string kind = "until cancelled";
      request.type_time = ORDER_TIME_GTC;
      if(command.isDay)
        {
         mode = SYMBOL_EXPIRATION_DAY;
         kind = "for the day";
         request.type_time = ORDER_TIME_DAY;
        }
      else
         if(until > 0)
           {
            mode = SYMBOL_EXPIRATION_SPECIFIED;
            kind = "until a time";
            request.type_time = ORDER_TIME_SPECIFIED;
            request.expiration = (datetime)until;
           }
      if((modes & mode) == 0)
         return(Refuse("invalid", command.symbol + " takes no order " + kind + "."));
      if(request.expiration > 0 && (long)request.expiration <= (long)TimeTradeServer())
         return(Refuse("invalid", "The order would have expired before it is placed."));
      return(true);
     }

   //--- the kind of order by its name; false: there is none
   bool              TypeOf(const string action, ENUM_ORDER_TYPE &type)
     {
      const string names[] = {"buy", "sell", "buy_limit", "sell_limit", "buy_stop", "sell_stop", "buy_stop_limit", "sell_stop_limit"};
      for(int i = 0; i < ArraySize(names); i++)
         if(names[i] == action)
           {
            type = (ENUM_ORDER_TYPE)i;
            return(true);
           }
      return(Refuse("invalid", "There is no action \"" + action + "\"."));
     }

public:
                     COrderChecks(void)
     {
      Init(0, 0, 0, 0);
     }

   void              Init(const ulong magic, const double maxLot, const int maxPositions, const double dayLoss)
     {
      m_magic = magic;
      m_maxLot = maxLot;
      m_maxPositions = maxPositions;
      m_dayLoss = dayLoss;
      m_code = "";
      m_reason = "";
     }

   string            Code(void) const
     {
      return(m_code);
     }

   string            Reason(void) const
     {
      return(m_reason);
     }

   static bool       IsBuyType(const ENUM_ORDER_TYPE type)
     {
      return(type == ORDER_TYPE_BUY || type == ORDER_TYPE_BUY_LIMIT || type == ORDER_TYPE_BUY_STOP || type == ORDER_TYPE_BUY_STOP_LIMIT);
     }

   //--- without zeros at the end, and never rounded to what was not asked for
   static string     Lots(const double lots)
     {
      string text = DoubleToString(lots, 8);
      int length = StringLen(text);
      while(length > 0 && StringGetCharacter(text, length - 1) == '0')
         length--;
      if(length > 0 && StringGetCharacter(text, length - 1) == '.')
         length--;
      text = StringSubstr(text, 0, length);
      return(text);
     }

   //--- a market or pending order; false: Code and Reason say why not
   bool              MakeEntry(const Command &command, MqlTradeRequest &request)
     {
      ENUM_ORDER_TYPE type = ORDER_TYPE_BUY;
      if(!TypeOf(command.action, type) || !CheckPermissions())
         return(false);
      const bool isBuy = IsBuyType(type);
      const bool isPending = type != ORDER_TYPE_BUY && type != ORDER_TYPE_SELL;
      if(!CheckSymbol(command.symbol, isBuy, false) || !CheckOwnLimits(command.lot) || !CheckLot(command.symbol, command.lot, isBuy))
         return(false);
      MqlTick tick = {};
      if(!SymbolInfoTick(command.symbol, tick) || tick.bid <= 0 || tick.ask <= 0)
         return(Refuse("market_closed", "There is no quote of " + command.symbol + "."));
      request.action = isPending ? TRADE_ACTION_PENDING : TRADE_ACTION_DEAL;
      request.magic = m_magic;
      request.symbol = command.symbol;
      request.volume = command.lot;
      request.type = type;
      request.price = isPending ? command.price : (isBuy ? tick.ask : tick.bid);
      request.stoplimit = command.limitPrice;
      request.deviation = (ulong)command.deviation;
      request.comment = command.id;
      if(isPending && !SetExpiry(command, request))
         return(false);
      const double entry = command.limitPrice > 0 ? command.limitPrice : request.price;
      if(!CheckGrid(command.symbol, "price", command.price) || !CheckGrid(command.symbol, "price", command.limitPrice) || !SetStops(command, isBuy, entry, request))
         return(false);
      //--- what closes: the bid of a buy, the ask of a sell
      const double from = isPending ? entry : (isBuy ? tick.bid : tick.ask);
      return(CheckStops(command.symbol, isBuy, from, request.sl, request.tp) && SetFilling(request) && CheckMargin(request));
     }

   //--- closes a position, or lots of it; 0: all
   bool              MakeClose(const ulong position, const double lot, const long deviation, const string id, MqlTradeRequest &request)
     {
      if(!CheckPermissions())
         return(false);
      if(!SelectPosition(position))
         return(Refuse("not_found", "There is no position " + IntegerToString((long)position) + "."));
      const string symbol = PositionGetString(POSITION_SYMBOL);
      const double volume = PositionGetDouble(POSITION_VOLUME);
      const ulong ticket = (ulong)PositionGetInteger(POSITION_TICKET);
      const bool isBuy = PositionGetInteger(POSITION_TYPE) == POSITION_TYPE_BUY;
      if(lot > volume + CHECK_EPSILON)
         return(Refuse("lot", "The position has " + Lots(volume) + " lots, fewer than " + Lots(lot) + "."));
      const double step = SymbolInfoDouble(symbol, SYMBOL_VOLUME_STEP);
      if(lot > 0 && step > 0 && (!IsMultiple(lot, step) || lot < SymbolInfoDouble(symbol, SYMBOL_VOLUME_MIN) - CHECK_EPSILON))
         return(Refuse("lot", "Lots " + Lots(lot) + " can't be closed: the step is " + Lots(step) + "."));
      MqlTick tick = {};
      if(!CheckSymbol(symbol, !isBuy, true))
         return(false);
      if(!SymbolInfoTick(symbol, tick))
         return(Refuse("market_closed", "There is no quote of " + symbol + "."));
      request.action = TRADE_ACTION_DEAL;
      request.magic = m_magic;
      request.symbol = symbol;
      request.volume = lot > 0 ? lot : volume;
      request.type = isBuy ? ORDER_TYPE_SELL : ORDER_TYPE_BUY;
      request.price = isBuy ? tick.bid : tick.ask;
      request.deviation = (ulong)deviation;
      request.position = ticket;
      request.comment = id;
      return(SetFilling(request));
     }

   bool              MakeCloseBy(const ulong position, const ulong by, const string id, MqlTradeRequest &request)
     {
      if(!CheckPermissions())
         return(false);
      if(!SelectPosition(position))
         return(Refuse("not_found", "There is no position " + IntegerToString((long)position) + "."));
      request.symbol = PositionGetString(POSITION_SYMBOL);
      request.volume = PositionGetDouble(POSITION_VOLUME);
      request.position = (ulong)PositionGetInteger(POSITION_TICKET);
      if(!SelectPosition(by))
         return(Refuse("not_found", "There is no position " + IntegerToString((long)by) + "."));
      request.action = TRADE_ACTION_CLOSE_BY;
      request.magic = m_magic;
      request.position_by = (ulong)PositionGetInteger(POSITION_TICKET);
      request.volume = MathMin(request.volume, PositionGetDouble(POSITION_VOLUME));
      request.comment = id;
      return(true);
     }

   //--- new stops of a position, or price and stops of a pending order
   bool              MakeModify(const Command &command, MqlTradeRequest &request)
     {
      if(!CheckPermissions())
         return(false);
      request.magic = m_magic;
      request.sl = command.slPrice;
      request.tp = command.tpPrice;
      if(command.position != 0)
        {
         if(!SelectPosition(command.position))
            return(Refuse("not_found", "There is no position " + IntegerToString((long)command.position) + "."));
         request.action = TRADE_ACTION_SLTP;
         request.position = (ulong)PositionGetInteger(POSITION_TICKET);
         request.symbol = PositionGetString(POSITION_SYMBOL);
         const bool isBuy = PositionGetInteger(POSITION_TYPE) == POSITION_TYPE_BUY;
         const double from = SymbolInfoDouble(request.symbol, isBuy ? SYMBOL_BID : SYMBOL_ASK);
         return(CheckGrid(request.symbol, "stop loss", request.sl) && CheckGrid(request.symbol, "take profit", request.tp) && CheckStops(request.symbol, isBuy, from, request.sl, request.tp));
        }
      if(!OrderSelect(command.order))
         return(Refuse("not_found", "There is no pending order " + IntegerToString((long)command.order) + "."));
      request.action = TRADE_ACTION_MODIFY;
      request.order = command.order;
      request.symbol = OrderGetString(ORDER_SYMBOL);
      request.type = (ENUM_ORDER_TYPE)OrderGetInteger(ORDER_TYPE);
      request.price = command.price > 0 ? command.price : OrderGetDouble(ORDER_PRICE_OPEN);
      request.stoplimit = command.limitPrice > 0 ? command.limitPrice : OrderGetDouble(ORDER_PRICE_STOPLIMIT);
      request.type_time = command.until > 0 ? ORDER_TIME_SPECIFIED : (ENUM_ORDER_TYPE_TIME)OrderGetInteger(ORDER_TYPE_TIME);
      request.expiration = command.until > 0 ? (datetime)command.until : (datetime)OrderGetInteger(ORDER_TIME_EXPIRATION);
      const double entry = request.stoplimit > 0 ? request.stoplimit : request.price;
      return(CheckGrid(request.symbol, "price", request.price) && CheckGrid(request.symbol, "stop loss", request.sl) && CheckGrid(request.symbol, "take profit", request.tp) &&
             CheckStops(request.symbol, IsBuyType(request.type), entry, request.sl, request.tp));
     }

   bool              MakeCancel(const ulong order, MqlTradeRequest &request)
     {
      if(!CheckPermissions())
         return(false);
      if(!OrderSelect(order))
         return(Refuse("not_found", "There is no pending order " + IntegerToString((long)order) + "."));
      request.action = TRADE_ACTION_REMOVE;
      request.order = order;
      request.magic = m_magic;
      return(true);
     }
  };

#endif
//+------------------------------------------------------------------+
