//+------------------------------------------------------------------+
//| TradeLists.mqh - the account's open positions, or its orders, as |
//| whole lists: when the desk asks, on change, and every 30 s (N5). |
//|                                                                  |
//| A list is taken in one step, so that it is of one moment, and    |
//| told a page a step. Changes are found by comparing the account   |
//| with the list that was told last, some entries a step: no trade  |
//| event is needed, so that a lost one changes nothing (E18).       |
//+------------------------------------------------------------------+
#ifndef BITTENDESK_TRADELISTS_MQH
#define BITTENDESK_TRADELISTS_MQH

#include <BittenDesk/Links.mqh>
#include <BittenDesk/TradeWords.mqh>

#define LISTS_PAGE      50      // entries of one message
#define LISTS_APART_MS  250     // from one list to the next, for each page that the last one had
#define LISTS_WHOLE_MS  30000   // a list without a change
#define LISTS_LOOK      16      // entries that are compared in one step

//--- a position or an order
struct ListedTrade
  {
   ulong             ticket;
   ulong             position;     // identifier of the position (E19); of an order: the one that it closes, 0: none
   string            symbol;
   long              type;         // ENUM_POSITION_TYPE or ENUM_ORDER_TYPE
   long              reason;
   long              magic;
   long              openedMs;     // broker's clock
   long              changedMs;    // position: its last change
   long              until;        // order: end, seconds of the broker's clock; 0: none
   double            lots;
   double            askedLots;    // order: without what is filled already
   double            price;
   double            limitPrice;   // stop-limit order
   double            sl;
   double            tp;
   double            profit;
   double            swap;
   string            comment;
  };

class CTradeList
  {
private:
   CJsonWriter       m_json;
   bool              m_isOrders;
   ulong             m_magic;
   ListedTrade       m_trades[];
   int               m_count;
   long              m_list;        // number of the list; each has the next one
   int               m_page;        // pages told of it
   int               m_next;        // first entry of the next page
   bool              m_isTelling;
   bool              m_isDue;       // the account differs from what was told, or the desk asks
   long              m_takenAt;     // UTC ms
   ulong             m_tookAt;      // GetTickCount64; 0: none was taken for this desk
   int               m_looked;      // entry that is compared next

   int               Total(void) const
     {
      return(m_isOrders ? OrdersTotal() : PositionsTotal());
     }

   void              ReadPosition(ListedTrade &trade) const
     {
      trade.position = (ulong)PositionGetInteger(POSITION_IDENTIFIER);
      trade.symbol = PositionGetString(POSITION_SYMBOL);
      trade.type = PositionGetInteger(POSITION_TYPE);
      trade.reason = PositionGetInteger(POSITION_REASON);
      trade.magic = PositionGetInteger(POSITION_MAGIC);
      trade.openedMs = PositionGetInteger(POSITION_TIME_MSC);
      trade.changedMs = PositionGetInteger(POSITION_TIME_UPDATE_MSC);
      trade.lots = PositionGetDouble(POSITION_VOLUME);
      trade.price = PositionGetDouble(POSITION_PRICE_OPEN);
      trade.sl = PositionGetDouble(POSITION_SL);
      trade.tp = PositionGetDouble(POSITION_TP);
      trade.profit = PositionGetDouble(POSITION_PROFIT);
      trade.swap = PositionGetDouble(POSITION_SWAP);
      trade.comment = PositionGetString(POSITION_COMMENT);
     }

   void              ReadOrder(ListedTrade &trade) const
     {
      trade.position = (ulong)OrderGetInteger(ORDER_POSITION_ID);
      trade.symbol = OrderGetString(ORDER_SYMBOL);
      trade.type = OrderGetInteger(ORDER_TYPE);
      trade.reason = OrderGetInteger(ORDER_REASON);
      trade.magic = OrderGetInteger(ORDER_MAGIC);
      trade.openedMs = OrderGetInteger(ORDER_TIME_SETUP_MSC);
      trade.until = OrderGetInteger(ORDER_TIME_EXPIRATION);
      trade.lots = OrderGetDouble(ORDER_VOLUME_CURRENT);
      trade.askedLots = OrderGetDouble(ORDER_VOLUME_INITIAL);
      trade.price = OrderGetDouble(ORDER_PRICE_OPEN);
      trade.limitPrice = OrderGetDouble(ORDER_PRICE_STOPLIMIT);
      trade.sl = OrderGetDouble(ORDER_SL);
      trade.tp = OrderGetDouble(ORDER_TP);
      trade.comment = OrderGetString(ORDER_COMMENT);
     }

   //--- selects an entry of the account; 0: it is not there
   ulong             Select(const int index) const
     {
      return(m_isOrders ? OrderGetTicket(index) : PositionGetTicket(index));
     }

   //--- whether an entry differs from what was told of it; profit and swap alone make no difference
   bool              Differs(const int index) const
     {
      if(Select(index) != m_trades[index].ticket)
         return(true);
      if(!m_isOrders)
         return(PositionGetInteger(POSITION_TIME_UPDATE_MSC) != m_trades[index].changedMs || PositionGetDouble(POSITION_VOLUME) != m_trades[index].lots ||
                PositionGetDouble(POSITION_SL) != m_trades[index].sl || PositionGetDouble(POSITION_TP) != m_trades[index].tp);
      return(OrderGetDouble(ORDER_VOLUME_CURRENT) != m_trades[index].lots || OrderGetDouble(ORDER_PRICE_OPEN) != m_trades[index].price ||
             OrderGetInteger(ORDER_TYPE) != m_trades[index].type || OrderGetDouble(ORDER_SL) != m_trades[index].sl || OrderGetDouble(ORDER_TP) != m_trades[index].tp ||
             OrderGetInteger(ORDER_TIME_EXPIRATION) != m_trades[index].until);
     }

   void              LookForChange(void)
     {
      if(Total() != m_count)
        {
         m_isDue = true;
         return;
        }
      for(int i = 0; i < LISTS_LOOK && i < m_count && !m_isDue; i++)
        {
         m_looked = m_looked + 1 < m_count ? m_looked + 1 : 0;
         m_isDue = Differs(m_looked);
        }
     }

   //--- false: the account changed meanwhile, or an entry could not be read. Told of the wrong number, the desk would take
   //--- positions for closed or opened.
   bool              Take(const long nowMs)
     {
      const ListedTrade nothing = {};
      const int total = Total();
      m_count = 0;
      ArrayResize(m_trades, total);
      for(int i = 0; i < total; i++)
        {
         m_trades[i] = nothing;
         m_trades[i].ticket = Select(i);
         if(m_trades[i].ticket == 0)
            return(false);
         if(m_isOrders)
            ReadOrder(m_trades[i]);
         else
            ReadPosition(m_trades[i]);
         m_count++;
        }
      if(Total() != total)
         return(false);
      m_list++;
      m_page = 0;
      m_next = 0;
      m_isTelling = true;
      m_isDue = false;
      m_takenAt = nowMs;
      m_tookAt = GetTickCount64();
      return(true);
     }

   //--- with more digits than the symbol may have: a netting position's is a mean
   void              Price(const string key, const double price)
     {
      m_json.Number(key, price, 8);
     }

   void              WritePosition(const ListedTrade &trade)
     {
      m_json.Digits("position", trade.position);
      m_json.Digits("ticket", trade.ticket);
      m_json.Text("symbol", trade.symbol);
      m_json.Text("side", CTradeWords::Side(trade.type));
      m_json.Number("lots", trade.lots, 8);
      Price("price", trade.price);
      m_json.Integer("opened_at", CTradeWords::UtcMs(trade.openedMs));
      m_json.Number("profit", trade.profit, 2);
      m_json.Number("swap", trade.swap, 2);
     }

   void              WriteOrder(const ListedTrade &trade)
     {
      m_json.Digits("order", trade.ticket);
      m_json.Text("symbol", trade.symbol);
      if(trade.type != ORDER_TYPE_CLOSE_BY)
         m_json.Text("side", CTradeWords::Side(trade.type));
      m_json.Text("kind", trade.type == ORDER_TYPE_CLOSE_BY ? "close_by" : CTradeWords::OrderKind(trade.type));
      m_json.Number("lots", trade.lots, 8);
      m_json.Number("requested", trade.askedLots, 8);
      Price("price", trade.price);
      if(trade.limitPrice > 0)
         Price("limit_price", trade.limitPrice);
      m_json.Integer("until", trade.until);
      m_json.Integer("placed_at", CTradeWords::UtcMs(trade.openedMs));
      if(trade.position != 0)
         m_json.Digits("position", trade.position);
     }

   void              Write(const ListedTrade &trade, const CLedger &ledger)
     {
      m_json.OpenObject();
      if(m_isOrders)
         WriteOrder(trade);
      else
         WritePosition(trade);
      Price("sl", trade.sl);
      Price("tp", trade.tp);
      m_json.Digits("magic", (ulong)trade.magic);
      m_json.Text("comment", trade.comment);
      m_json.Text("reason", CTradeWords::Reason(trade.reason));
      const string id = CTradeWords::SignalId(ledger, trade.magic == (long)m_magic, trade.comment);
      if(StringLen(id) > 0)
         m_json.Text("signal_id", id);
      m_json.Close();
     }

   string            NextPage(const CLedger &ledger)
     {
      const int end = m_count < m_next + LISTS_PAGE ? m_count : m_next + LISTS_PAGE;
      m_page++;
      m_json.Clear();
      m_json.OpenObject();
      m_json.Text("type", m_isOrders ? "orders" : "positions");
      m_json.Integer("list", m_list);
      m_json.Integer("page", m_page);
      m_json.Bool("last", end == m_count);
      m_json.Integer("count", m_count);
      m_json.Integer("at", m_takenAt);
      m_json.OpenArray(m_isOrders ? "orders" : "positions");
      for(; m_next < end; m_next++)
         Write(m_trades[m_next], ledger);
      m_json.Close();
      m_json.Close();
      m_isTelling = m_next < m_count;
      if(!m_json.IsWhole())
         Print("A list could not be written: ", m_json.Error());
      return(m_json.IsWhole() ? m_json.Written() : "");
     }

public:
                     CTradeList(void)
     {
      m_list = 0;
      Init(false, 0);
     }

   void              Init(const bool isOrders, const ulong magic)
     {
      m_isOrders = isOrders;
      m_magic = magic;
      Begin();
     }

   //--- a desk has welcomed this EA: it knows nothing yet
   void              Begin(void)
     {
      m_count = 0;
      m_page = 1;
      m_next = 0;
      m_looked = 0;
      m_isTelling = false;
      m_tookAt = 0;
      m_isDue = true;
     }

   //--- the desk asks for the whole list (N8)
   void              Ask(void)
     {
      m_isDue = true;
     }

   //--- one step: says a page at most, and only while little waits to leave
   void              Step(CLinks &links, const CLedger &ledger, const long nowMs)
     {
      const ulong now = GetTickCount64();
      if(!m_isTelling)
        {
         if(!m_isDue)
            LookForChange();
         if(m_tookAt > 0 && now - m_tookAt >= LISTS_WHOLE_MS)
            m_isDue = true;
         const bool isEarly = m_tookAt > 0 && now - m_tookAt < (ulong)(LISTS_APART_MS * m_page);
         if(!m_isDue || isEarly || !links.HasRoom() || !Take(nowMs))
            return;
        }
      if(!links.HasRoom())
         return;
      const string page = NextPage(ledger);
      if(links.Say(page))
         return;
      //--- a list without its end counts for nothing: it is told anew, unless it can't be written
      m_isTelling = false;
      m_isDue = StringLen(page) > 0;
     }
  };

#endif
//+------------------------------------------------------------------+
