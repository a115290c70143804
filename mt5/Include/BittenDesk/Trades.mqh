//+------------------------------------------------------------------+
//| Trades.mqh - what a desk is told of the account's positions,     |
//| orders and deals, once it has welcomed this EA (N5, N6, N8).     |
//+------------------------------------------------------------------+
#ifndef BITTENDESK_TRADES_MQH
#define BITTENDESK_TRADES_MQH

#include <BittenDesk/Deals.mqh>
#include <BittenDesk/TradeLists.mqh>

#define TRADES_SETTLE_MS  2000   // a terminal that has just connected can show its lists empty for so long

class CTrades
  {
private:
   bool              m_wasConnected;
   ulong             m_connectedAt;  // GetTickCount64; where it is not known, when this EA began or saw the account
   CTradeList        m_positions;
   CTradeList        m_orders;
   CDeals            m_deals;

public:
                     CTrades(void)
     {
      m_wasConnected = true;
      m_connectedAt = GetTickCount64();
     }

   //--- each timer step, with a session or without
   void              Watch(void)
     {
      const bool isConnected = TerminalInfoInteger(TERMINAL_CONNECTED) != 0;
      if(isConnected && !m_wasConnected)
         m_connectedAt = GetTickCount64();
      m_wasConnected = isConnected;
     }

   //--- whether the terminal's lists are those of the account: without its connection they prove nothing
   bool              IsSettled(void) const
     {
      return(m_wasConnected && GetTickCount64() - m_connectedAt >= TRADES_SETTLE_MS);
     }

   //--- OnInit, also after a change of the account (E8)
   void              Init(const ulong magic)
     {
      m_connectedAt = GetTickCount64();
      m_positions.Init(false, magic);
      m_orders.Init(true, magic);
      m_deals.Init(magic);
     }

   //--- another account
   void              Forget(void)
     {
      m_connectedAt = GetTickCount64();
      m_deals.Forget();
     }

   //--- a desk has welcomed this EA
   void              Begin(void)
     {
      m_positions.Begin();
      m_orders.Begin();
      m_deals.Begin();
     }

   //--- the desk asks for the lists, and for deals since a time of its own clock, epoch ms UTC
   void              Ask(const long sinceMs)
     {
      m_positions.Ask();
      m_orders.Ask();
      m_deals.Ask(sinceMs);
     }

   void              OnTransaction(const MqlTradeTransaction &transaction)
     {
      if(transaction.type == TRADE_TRANSACTION_DEAL_ADD)
         m_deals.OnDeal(transaction.deal);
     }

   //--- one step, while a session is on
   void              Step(CLinks &links, const CLedger &ledger, const long nowMs)
     {
      if(!IsSettled())
         return;
      m_positions.Step(links, ledger, nowMs);
      m_orders.Step(links, ledger, nowMs);
      m_deals.Step(links, ledger);
     }
  };

#endif
//+------------------------------------------------------------------+
