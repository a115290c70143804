//+------------------------------------------------------------------+
//| SymbolSpecs.mqh - what the symbols of the Market Watch are (N7): |
//| told once after each welcome, and again where one has changed.   |
//| One symbol a step is looked at, so that no step takes long.      |
//+------------------------------------------------------------------+
#ifndef BITTENDESK_SYMBOLSPECS_MQH
#define BITTENDESK_SYMBOLSPECS_MQH

#include <BittenDesk/JsonWriter.mqh>

#define SPECS_MOST        500    // symbols
#define SPECS_AGAIN_MS    200    // a symbol that was told is looked at again after all others, one in so long

class CSymbolSpecs
  {
private:
   CJsonWriter       m_json;
   string            m_names[];
   string            m_told[];       // what was told of each, without what moves with its price
   bool              m_isPriced[];   // its money was told
   int               m_count;
   int               m_turn;
   int               m_untold;       // symbols that were not told since the welcome
   ulong             m_nextLook;
   bool              m_isFull;

   int               Find(const string name) const
     {
      for(int i = 0; i < m_count; i++)
         if(m_names[i] == name)
            return(i);
      return(-1);
     }

   string            ExecutionOf(const string name) const
     {
      switch((int)SymbolInfoInteger(name, SYMBOL_TRADE_EXEMODE))
        {
         case SYMBOL_TRADE_EXECUTION_REQUEST:
            return("request");
         case SYMBOL_TRADE_EXECUTION_INSTANT:
            return("instant");
         case SYMBOL_TRADE_EXECUTION_MARKET:
            return("market");
        }
      return("exchange");
     }

   string            TradeModeOf(const string name) const
     {
      switch((int)SymbolInfoInteger(name, SYMBOL_TRADE_MODE))
        {
         case SYMBOL_TRADE_MODE_DISABLED:
            return("disabled");
         case SYMBOL_TRADE_MODE_LONGONLY:
            return("long_only");
         case SYMBOL_TRADE_MODE_SHORTONLY:
            return("short_only");
         case SYMBOL_TRADE_MODE_CLOSEONLY:
            return("close_only");
        }
      return("full");
     }

   //--- what profit comes from: the contract size, or the worth of a tick, as with futures and bonds
   string            CalculationOf(const string name) const
     {
      switch((int)SymbolInfoInteger(name, SYMBOL_TRADE_CALC_MODE))
        {
         case SYMBOL_CALC_MODE_FOREX:
         case SYMBOL_CALC_MODE_FOREX_NO_LEVERAGE:
         case SYMBOL_CALC_MODE_CFD:
         case SYMBOL_CALC_MODE_CFDINDEX:
         case SYMBOL_CALC_MODE_CFDLEVERAGE:
         case SYMBOL_CALC_MODE_EXCH_STOCKS:
         case SYMBOL_CALC_MODE_EXCH_STOCKS_MOEX:
            return("size");
        }
      return("tick");
     }

   void              Real(const string key, const string name, const ENUM_SYMBOL_INFO_DOUBLE what)
     {
      m_json.Number(key, SymbolInfoDouble(name, what), 8);
     }

   void              Whole(const string key, const string name, const ENUM_SYMBOL_INFO_INTEGER what)
     {
      m_json.Integer(key, SymbolInfoInteger(name, what));
     }

   void              Words(const string key, const string name, const ENUM_SYMBOL_INFO_STRING what)
     {
      m_json.Text(key, SymbolInfoString(name, what));
     }

   //--- trade sessions of the week, each as day (0 is Sunday), begin and end in seconds of the broker's day
   void              Sessions(const string name)
     {
      m_json.OpenArray("sessions");
      for(int day = SUNDAY; day <= SATURDAY; day++)
         for(uint i = 0; i < 8; i++)
           {
            datetime from = 0;
            datetime to = 0;
            if(!SymbolInfoSessionTrade(name, (ENUM_DAY_OF_WEEK)day, i, from, to))
               break;
            m_json.OpenArray("");
            m_json.Integer("", day);
            m_json.Integer("", (long)from);
            m_json.Integer("", (long)to);
            m_json.Close();
           }
      m_json.Close();
     }

   //--- what stays as it is until the broker changes it
   void              Fixed(const string name)
     {
      m_json.Clear();
      m_json.OpenObject();
      m_json.Text("type", "symbol");
      m_json.Text("symbol", name);
      Words("description", name, SYMBOL_DESCRIPTION);
      Whole("digits", name, SYMBOL_DIGITS);
      Real("point", name, SYMBOL_POINT);
      Real("tick_size", name, SYMBOL_TRADE_TICK_SIZE);
      Real("contract_size", name, SYMBOL_TRADE_CONTRACT_SIZE);
      m_json.Text("calculation", CalculationOf(name));
      Words("base_currency", name, SYMBOL_CURRENCY_BASE);
      Words("profit_currency", name, SYMBOL_CURRENCY_PROFIT);
      Words("margin_currency", name, SYMBOL_CURRENCY_MARGIN);
      Real("lot_min", name, SYMBOL_VOLUME_MIN);
      Real("lot_max", name, SYMBOL_VOLUME_MAX);
      Real("lot_step", name, SYMBOL_VOLUME_STEP);
      Real("lot_limit", name, SYMBOL_VOLUME_LIMIT);
      Whole("stops_level", name, SYMBOL_TRADE_STOPS_LEVEL);
      Whole("freeze_level", name, SYMBOL_TRADE_FREEZE_LEVEL);
      m_json.Text("execution", ExecutionOf(name));
      Whole("filling", name, SYMBOL_FILLING_MODE);
      Whole("expiration", name, SYMBOL_EXPIRATION_MODE);
      m_json.Text("trade_mode", TradeModeOf(name));
      Sessions(name);
     }

   //--- what moves with its price: money for one point, and margin, of one lot as the terminal computes them; false: it can't yet
   bool              Moving(const string name)
     {
      const double ask = SymbolInfoDouble(name, SYMBOL_ASK);
      const double point = SymbolInfoDouble(name, SYMBOL_POINT);
      double money = 0;
      double margin = 0;
      const bool isKnown = ask > 0 && OrderCalcProfit(ORDER_TYPE_BUY, name, 1.0, ask, ask + 1000 * point, money) && money > 0;
      if(isKnown)
         m_json.Number("money_per_point", money / 1000, 8);
      if(ask > 0 && OrderCalcMargin(ORDER_TYPE_BUY, name, 1.0, ask, margin) && margin > 0)
         m_json.Number("margin_per_lot", margin, 2);
      return(isKnown);
     }

   //--- the message of a symbol, where it differs from what was told, or its money is known now
   string            Told(const int at)
     {
      Fixed(m_names[at]);
      m_json.Close();
      const string said = m_json.Written();
      const bool isSame = said == m_told[at];
      if(isSame && m_isPriced[at])
         return("");
      Fixed(m_names[at]);
      const bool isPriced = Moving(m_names[at]);
      m_json.Close();
      if(isSame && !isPriced)
         return("");
      m_told[at] = said;
      m_isPriced[at] = isPriced;
      if(!m_json.IsWhole())
         Print("Symbol ", m_names[at], " can't be told: ", m_json.Error());
      return(m_json.IsWhole() ? m_json.Written() : "");
     }

   //--- adds what is new in the Market Watch
   void              Refresh(void)
     {
      const int count = SymbolsTotal(true);
      for(int i = 0; i < count; i++)
        {
         const string name = SymbolName(i, true);
         if(StringLen(name) == 0 || Find(name) >= 0)
            continue;
         if(m_count >= SPECS_MOST)
           {
            if(!m_isFull)
               Print("The Market Watch has more than ", SPECS_MOST, " symbols: of the others nothing is told.");
            m_isFull = true;
            return;
           }
         ArrayResize(m_names, m_count + 1, 64);
         ArrayResize(m_told, m_count + 1, 64);
         m_names[m_count] = name;
         m_told[m_count] = "";
         ArrayResize(m_isPriced, m_count + 1, 64);
         m_isPriced[m_count] = false;
         m_count++;
         m_untold++;
        }
     }

public:
                     CSymbolSpecs(void)
     {
      m_isFull = false;
      Begin();
     }

   //--- a desk has welcomed this EA: all are told anew
   void              Begin(void)
     {
      m_count = 0;
      m_turn = 0;
      m_untold = 0;
      m_nextLook = 0;
      ArrayResize(m_names, 0);
      ArrayResize(m_told, 0);
      ArrayResize(m_isPriced, 0);
     }

   //--- what is to be told now; empty: nothing
   string            Next(void)
     {
      const ulong now = GetTickCount64();
      if(m_turn >= m_count)
        {
         m_turn = 0;
         Refresh();
        }
      if(m_count == 0 || (m_untold <= 0 && now < m_nextLook))
         return("");
      m_nextLook = now + SPECS_AGAIN_MS;
      const int at = m_turn;
      m_turn++;
      if(StringLen(m_told[at]) == 0)
         m_untold--;
      return(Told(at));
     }

   //--- what was taken last did not leave: it is told again
   void              Again(void)
     {
      if(m_turn == 0)
         return;
      m_turn--;
      if(StringLen(m_told[m_turn]) > 0)
         m_untold++;
      m_told[m_turn] = "";
     }
  };

#endif
//+------------------------------------------------------------------+
