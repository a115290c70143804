//+------------------------------------------------------------------+
//| Teller.mqh - what the backend is told, and when: reports at once,|
//| figures once a second, ticks, lists and symbols as they come.    |
//+------------------------------------------------------------------+
#ifndef BITTENDESK_TELLER_MQH
#define BITTENDESK_TELLER_MQH

#include <BittenDesk/Ea.mqh>
#include <BittenDesk/Reconcile.mqh>

class CTeller
  {
private:
   CReconciled       m_reconciled;
   string            m_page;         // of an answer about orders, not told yet; empty: none
   ulong             m_nextSecond;

   //--- once a second; of now alone, so that they do not wait behind others
   void              SayFigures(CEa &ea)
     {
      if(!ea.isOpen || GetTickCount64() < m_nextSecond || !ea.links.HasRoom())
         return;
      m_nextSecond = GetTickCount64() + 1000;
      if(ea.isDesk && !ea.session.IsWelcomed())
         ea.links.Say(ea.account.Hello(ea.ledger, ea.clock.NowMs()));
      ea.links.Say(ea.account.Telemetry(ea.clock.NowMs(), ea.trades.IsSettled()));
     }

   //--- prices of now: to a backend that reads slowly fewer, and none that is old
   void              SayTicks(CEa &ea)
     {
      if(!ea.isOpen || !ea.links.HasRoom())
         return;
      for(int i = 0; i < ea.symbols.Count(); i++)
        {
         const string tick = ea.symbols.NextTick();
         if(StringLen(tick) == 0)
            return;
         if(!ea.links.Say(tick))
           {
            ea.symbols.Again();
            return;
           }
        }
     }

   //--- N7, to a desk that has welcomed this EA
   void              SaySpecs(CEa &ea)
     {
      if(!ea.isOpen || !ea.session.IsWelcomed() || !ea.links.HasRoom())
         return;
      const string spec = ea.specs.Next();
      if(StringLen(spec) > 0 && !ea.links.Say(spec))
         ea.specs.Again();
     }

   //--- N5 and N6, to a desk that has welcomed this EA
   void              SayTrades(CEa &ea)
     {
      if(ea.isOpen && ea.session.IsWelcomed())
         ea.trades.Step(ea.links, ea.ledger, ea.clock.NowMs());
     }

   //--- N8: a page that does not leave now, as more waits than the connection takes, leaves later
   void              SayReconciled(CEa &ea)
     {
      while(StringLen(m_page) > 0 || m_reconciled.NextPage(m_page))
        {
         if(!ea.links.Say(m_page))
            return;
         m_page = "";
        }
     }

public:
                     CTeller(void)
     {
      m_page = "";
      m_nextSecond = 0;
     }

   //--- a new connection: figures and prices at once, and no answer to a question of the one before
   void              Begin(CEa &ea)
     {
      ea.symbols.Begin();
      m_reconciled.Forget();
      m_page = "";
      m_nextSecond = 0;
     }

   //--- N8
   void              Answer(CEa &ea, const AskedId &asked[], const long n)
     {
      m_reconciled.Answer(ea.ledger, asked, n, ea.clock.NowMs());
      m_page = "";
      SayReconciled(ea);
     }

   void              SayReports(CEa &ea)
     {
      OrderTold told = {};
      while(ea.orders.NextTold(told))
        {
         Print(told.json);
         if(!ea.links.Report(told.json))
            Print("Too many reports wait: that of order ", told.id, " is told when it is asked for.");
        }
     }

   void              Step(CEa &ea)
     {
      SayReports(ea);
      SayReconciled(ea);
      SayFigures(ea);
      SayTrades(ea);
      SayTicks(ea);
      SaySpecs(ea);
     }
  };

#endif
//+------------------------------------------------------------------+
