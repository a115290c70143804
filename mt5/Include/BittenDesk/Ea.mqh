//+------------------------------------------------------------------+
//| Ea.mqh - the parts of which this EA is made, each of which is    |
//| there once.                                                      |
//+------------------------------------------------------------------+
#ifndef BITTENDESK_EA_MQH
#define BITTENDESK_EA_MQH

#include <BittenDesk/Account.mqh>
#include <BittenDesk/Links.mqh>
#include <BittenDesk/Orders.mqh>
#include <BittenDesk/Session.mqh>
#include <BittenDesk/Symbols.mqh>
#include <BittenDesk/SymbolSpecs.mqh>
#include <BittenDesk/Trades.mqh>
#include <BittenDesk/UtcClock.mqh>

class CEa
  {
public:
   CLinks            links;
   CLedger           ledger;
   CSession          session;
   COrders           orders;
   CAccount          account;
   CSymbols          symbols;
   CSymbolSpecs      specs;
   CTrades           trades;
   CUtcClock         clock;
   bool              isDesk;      // the backend is BITTEN Desk; false: another one
   bool              isOpen;      // the backend controller is there

                     CEa(void)
     {
      isDesk = true;
      isOpen = false;
     }
  };

#endif
//+------------------------------------------------------------------+
