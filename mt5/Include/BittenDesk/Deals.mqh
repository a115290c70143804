//+------------------------------------------------------------------+
//| Deals.mqh - tells every deal of the account, this EA's or not    |
//| (N6). A trade event names a deal at once; looks into the history |
//| find those whose event was lost, or came while no desk was there |
//| (E18). A deal can be told twice: its number says so.             |
//+------------------------------------------------------------------+
#ifndef BITTENDESK_DEALS_MQH
#define BITTENDESK_DEALS_MQH

#include <BittenDesk/Links.mqh>
#include <BittenDesk/TradeWords.mqh>

#define DEALS_A_STEP     10       // deals that are told, or looked for in vain, in one step
#define DEALS_MOST       1000     // deals of one look, the newest; and those that are remembered as told
#define DEALS_LOOK_MS    3000     // from one look into the history to the next
#define DEALS_TRY_MS     100      // an event can come before the history has its deal: it is looked for so often
#define DEALS_TRIES      50       // and so many times; from then on a look finds it
#define DEALS_LATE_MS    900000   // deals that the history shows so late are still found
#define DEALS_AGAIN_S    900      // a new connection is told again what the one before was told last: it may have lost it
#define DEALS_BEFORE_S   60       // and the desk's question counts from so long before: clocks differ
#define DEALS_AWAY_S     86400    // and what came meanwhile, of so long before at most
#define DEALS_ASKED_S    604800   // the desk's question is answered for so long before at most
#define DEALS_AHEAD_S    86400    // the PC's clock can be behind the broker's

//--- a deal that waits to be told
struct WaitingDeal
  {
   ulong             ticket;
   ulong             nextTry;      // GetTickCount64
   int               tries;
  };

class CDeals
  {
private:
   CJsonWriter       m_json;
   ulong             m_magic;
   WaitingDeal       m_waiting[];
   int               m_waitingCount;
   ulong             m_known[];    // told or found, ascending
   int               m_knownCount;
   long              m_from;       // broker's clock, seconds: looks begin there; 0: to be found by the next look
   long              m_newest;     // of the newest deal that was told; 0: none
   long              m_marked;     // m_newest of DEALS_LATE_MS ago
   ulong             m_markedAt;
   long              m_asked;      // the desk asks for deals since then, epoch ms UTC; -1: it asks for none
   long              m_askedFrom;  // the same, broker's clock, seconds, within bounds
   ulong             m_nextLook;

   //--- index of the first known number that is not below this one
   int               Place(const ulong ticket) const
     {
      int low = 0;
      int high = m_knownCount;
      while(low < high)
        {
         const int middle = (low + high) / 2;
         if(m_known[middle] < ticket)
            low = middle + 1;
         else
            high = middle;
        }
      return(low);
     }

   bool              IsKnown(const ulong ticket) const
     {
      const int place = Place(ticket);
      return(place < m_knownCount && m_known[place] == ticket);
     }

   //--- numbers rise as a rule, so that one more goes to the end
   void              Know(const ulong ticket)
     {
      if(IsKnown(ticket))
         return;
      if(m_knownCount == 2 * DEALS_MOST)
        {
         ArrayRemove(m_known, 0, DEALS_MOST);
         m_knownCount -= DEALS_MOST;
        }
      ArrayResize(m_known, m_knownCount + 1, 2 * DEALS_MOST);
      const int place = Place(ticket);
      for(int i = m_knownCount; i > place; i--)
         m_known[i] = m_known[i - 1];
      m_known[place] = ticket;
      m_knownCount++;
     }

   bool              IsWaiting(const ulong ticket, const int among) const
     {
      for(int i = 0; i < among; i++)
         if(m_waiting[i].ticket == ticket)
            return(true);
      return(false);
     }

   //--- false: too many wait; a later look finds it
   bool              Await(const ulong ticket)
     {
      if(m_waitingCount >= 2 * DEALS_MOST)
         return(false);
      ArrayResize(m_waiting, m_waitingCount + 1, 256);
      m_waiting[m_waitingCount].ticket = ticket;
      m_waiting[m_waitingCount].nextTry = 0;
      m_waiting[m_waitingCount].tries = 0;
      m_waitingCount++;
      return(true);
     }

   long              Later(const long one, const long other) const
     {
      return(one > other ? one : other);
     }

   //--- looks begin a good while before the newest deal that was told a good while ago
   void              MoveOn(const ulong now)
     {
      if(now - m_markedAt < DEALS_LATE_MS)
         return;
      if(m_marked - DEALS_LATE_MS / 1000 > m_from)
         m_from = m_marked - DEALS_LATE_MS / 1000;
      m_marked = m_newest;
      m_markedAt = now;
     }

   //--- deals since the last one that was told, and since the time that the desk has asked for, within bounds
   void              SetBeginning(const long serverS)
     {
      if(m_from == 0)
         m_from = Later(m_newest - DEALS_AGAIN_S, serverS - DEALS_AWAY_S);
      if(m_asked < 0)
         return;
      m_askedFrom = Later(m_asked / 1000 + CTradeWords::ZoneS() - DEALS_BEFORE_S, serverS - DEALS_ASKED_S);
      if(m_askedFrom < m_from)
         m_from = m_askedFrom;
     }

   void              Look(const ulong now)
     {
      const long serverS = (long)TimeTradeServer();
      m_nextLook = now + DEALS_LOOK_MS;
      if(serverS <= 0)
         return;
      SetBeginning(serverS);
      MoveOn(now);
      if(!HistorySelect((datetime)m_from, (datetime)(serverS + DEALS_AHEAD_S)))
         return;
      const int total = HistoryDealsTotal();
      const int before = m_waitingCount;
      const bool isQuestion = m_asked >= 0;
      if(total > DEALS_MOST && (isQuestion || m_knownCount == 0))
         Print("There are ", total, " deals to be told: the newest ", DEALS_MOST, " are.");
      for(int i = total > DEALS_MOST ? total - DEALS_MOST : 0; i < total; i++)
        {
         const ulong ticket = HistoryDealGetTicket(i);
         if(ticket == 0)
            continue;
         const bool isAsked = isQuestion && HistoryDealGetInteger(ticket, DEAL_TIME) >= m_askedFrom;
         if((IsKnown(ticket) && !isAsked) || IsWaiting(ticket, before))
            continue;
         if(!Await(ticket))
            return;
         Know(ticket);
        }
      m_asked = -1;
     }

   void              WriteTrade(const ulong deal)
     {
      m_json.Digits("order", (ulong)HistoryDealGetInteger(deal, DEAL_ORDER));
      m_json.Digits("position", (ulong)HistoryDealGetInteger(deal, DEAL_POSITION_ID));
      m_json.Text("symbol", HistoryDealGetString(deal, DEAL_SYMBOL));
      m_json.Text("side", CTradeWords::Side(HistoryDealGetInteger(deal, DEAL_TYPE)));
      m_json.Text("entry", CTradeWords::Entry(HistoryDealGetInteger(deal, DEAL_ENTRY)));
      m_json.Number("lots", HistoryDealGetDouble(deal, DEAL_VOLUME), 8);
      m_json.Number("price", HistoryDealGetDouble(deal, DEAL_PRICE), 8);
     }

   void              Money(const string key, const ulong deal, const ENUM_DEAL_PROPERTY_DOUBLE what)
     {
      m_json.Number(key, HistoryDealGetDouble(deal, what), 2);
     }

   //--- a deal that the history has selected
   string            MessageOf(const ulong deal, const CLedger &ledger)
     {
      const long type = HistoryDealGetInteger(deal, DEAL_TYPE);
      const long magic = HistoryDealGetInteger(deal, DEAL_MAGIC);
      const string comment = HistoryDealGetString(deal, DEAL_COMMENT);
      m_json.Clear();
      m_json.OpenObject();
      m_json.Text("type", "deal");
      m_json.Digits("deal", deal);
      m_json.Text("kind", CTradeWords::DealKind(type));
      m_json.Integer("at", CTradeWords::UtcMs(HistoryDealGetInteger(deal, DEAL_TIME_MSC)));
      if(CTradeWords::IsTrade(type))
         WriteTrade(deal);
      Money("profit", deal, DEAL_PROFIT);
      Money("swap", deal, DEAL_SWAP);
      Money("commission", deal, DEAL_COMMISSION);
      Money("fee", deal, DEAL_FEE);
      m_json.Digits("magic", (ulong)magic);
      m_json.Text("comment", comment);
      m_json.Text("reason", CTradeWords::Reason(HistoryDealGetInteger(deal, DEAL_REASON)));
      const string id = CTradeWords::SignalId(ledger, magic == (long)m_magic, comment);
      if(StringLen(id) > 0)
         m_json.Text("signal_id", id);
      m_json.Close();
      if(!m_json.IsWhole())
         Print("Deal ", deal, " could not be written: ", m_json.Error());
      return(m_json.IsWhole() ? m_json.Written() : "");
     }

   //--- false: it stays in the list
   bool              Tell(CLinks &links, const CLedger &ledger, WaitingDeal &deal, const ulong now)
     {
      if(HistoryDealSelect(deal.ticket))
        {
         const string message = MessageOf(deal.ticket, ledger);
         if(!links.Say(message) && StringLen(message) > 0)
            return(false);
         Know(deal.ticket);
         const long time = HistoryDealGetInteger(deal.ticket, DEAL_TIME);
         if(time > m_newest)
            m_newest = time;
         return(true);
        }
      deal.tries++;
      deal.nextTry = now + DEALS_TRY_MS;
      return(deal.tries >= DEALS_TRIES);
     }

public:
                     CDeals(void)
     {
      m_magic = 0;
      Forget();
     }

   void              Init(const ulong magic)
     {
      m_magic = magic;
     }

   //--- another account
   void              Forget(void)
     {
      m_newest = 0;
      Begin();
     }

   //--- a desk has welcomed this EA
   void              Begin(void)
     {
      m_from = 0;
      m_marked = m_newest;
      m_markedAt = GetTickCount64();
      m_asked = -1;
      m_askedFrom = 0;
      m_waitingCount = 0;
      m_knownCount = 0;
      m_nextLook = 0;
     }

   //--- the desk asks for deals since a time of its own clock, epoch ms UTC (N8)
   void              Ask(const long sinceMs)
     {
      m_asked = sinceMs;
      m_nextLook = 0;
     }

   //--- a trade event has named a deal
   void              OnDeal(const ulong ticket)
     {
      if(ticket != 0 && !IsKnown(ticket) && !IsWaiting(ticket, m_waitingCount))
         Await(ticket);
     }

   //--- one step: tells a few deals, and only while little waits to leave
   void              Step(CLinks &links, const CLedger &ledger)
     {
      const ulong now = GetTickCount64();
      if(now >= m_nextLook)
         Look(now);
      int done = 0;
      int kept = 0;
      for(int i = 0; i < m_waitingCount; i++)
        {
         if(done < DEALS_A_STEP && now >= m_waiting[i].nextTry && links.HasRoom())
           {
            done++;
            if(Tell(links, ledger, m_waiting[i], now))
               continue;
           }
         if(kept != i)
            m_waiting[kept] = m_waiting[i];
         kept++;
        }
      m_waitingCount = kept;
     }
  };

#endif
//+------------------------------------------------------------------+
