//+------------------------------------------------------------------+
//| Symbols.mqh - the prices that are told: ticks of chosen symbols, |
//| conflated to at most ten a second each.                          |
//+------------------------------------------------------------------+
#ifndef BITTENDESK_SYMBOLS_MQH
#define BITTENDESK_SYMBOLS_MQH

#include <BittenDesk/JsonWriter.mqh>

#define SYMBOLS_TICK_MS  100
#define SYMBOLS_MOST     100

class CSymbols
  {
private:
   CJsonWriter       m_json;
   string            m_names[];
   long              m_toldMsc[];     // time of the last tick that was told
   ulong             m_toldAt[];      // GetTickCount64
   int               m_count;
   int               m_turn;
   int               m_last;          // whose tick was taken last

   int               Find(const string name) const
     {
      for(int i = 0; i < m_count; i++)
         if(m_names[i] == name)
            return(i);
      return(-1);
     }

public:
                     CSymbols(void)
     {
      m_count = 0;
      m_turn = 0;
      m_last = 0;
     }

   void              Clear(void)
     {
      m_count = 0;
      m_turn = 0;
      m_last = 0;
      ArrayResize(m_names, 0);
      ArrayResize(m_toldMsc, 0);
      ArrayResize(m_toldAt, 0);
     }

   //--- false: the terminal does not have it, or there are SYMBOLS_MOST already
   bool              Add(const string name)
     {
      if(Find(name) >= 0)
         return(true);
      if(m_count >= SYMBOLS_MOST || StringLen(name) == 0 || !SymbolSelect(name, true))
         return(false);
      ArrayResize(m_names, m_count + 1);
      ArrayResize(m_toldMsc, m_count + 1);
      ArrayResize(m_toldAt, m_count + 1);
      m_names[m_count] = name;
      m_toldMsc[m_count] = 0;
      m_toldAt[m_count] = 0;
      m_count++;
      return(true);
     }

   //--- names with commas or blanks between them
   void              AddList(const string list)
     {
      string text = list;
      StringReplace(text, ",", " ");
      StringReplace(text, "\r", " ");
      string names[];
      const int count = StringSplit(text, ' ', names);
      for(int i = 0; i < count; i++)
         if(StringLen(names[i]) > 0 && !Add(names[i]))
            Print("Symbol ", names[i], " is not in this terminal: its prices are not told.");
     }

   int               Count(void) const
     {
      return(m_count);
     }

   //--- a new connection: it has been told no price, also where no new one comes
   void              Begin(void)
     {
      for(int i = 0; i < m_count; i++)
         m_toldMsc[i] = 0;
     }

   //--- the tick that was taken last did not leave: the price of then is told instead
   void              Again(void)
     {
      if(m_last < m_count)
         m_toldMsc[m_last] = 0;
     }

   //--- a tick that is new; empty: there is none now
   string            NextTick(void)
     {
      const ulong now = GetTickCount64();
      for(int looked = 0; looked < m_count; looked++)
        {
         const int at = m_turn;
         m_turn = (m_turn + 1) % m_count;
         MqlTick tick = {};
         if(now - m_toldAt[at] < SYMBOLS_TICK_MS || !SymbolInfoTick(m_names[at], tick) || tick.time_msc == m_toldMsc[at] || tick.bid <= 0)
            continue;
         m_last = at;
         m_toldAt[at] = now;
         m_toldMsc[at] = tick.time_msc;
         return(TickOf(m_names[at], tick));
        }
      return("");
     }

private:
   string            TickOf(const string name, const MqlTick &tick)
     {
      const int digits = (int)SymbolInfoInteger(name, SYMBOL_DIGITS);
      const double point = SymbolInfoDouble(name, SYMBOL_POINT);
      m_json.Clear();
      m_json.OpenObject();
      m_json.Text("type", "tick");
      m_json.Text("symbol", name);
      m_json.Number("bid", tick.bid, digits);
      m_json.Number("ask", tick.ask, digits);
      m_json.Integer("spread", point > 0 ? (long)MathRound((tick.ask - tick.bid) / point) : 0);
      m_json.Integer("volume", (long)tick.volume);
      m_json.Integer("timestamp", (long)tick.time);
      m_json.Close();
      return(m_json.IsWhole() ? m_json.Written() : "");
     }
  };

#endif
//+------------------------------------------------------------------+
