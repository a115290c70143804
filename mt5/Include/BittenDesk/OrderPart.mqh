//+------------------------------------------------------------------+
//| OrderPart.mqh - one request to the broker, from its sending to   |
//| its end.                                                         |
//+------------------------------------------------------------------+
#ifndef BITTENDESK_ORDERPART_MQH
#define BITTENDESK_ORDERPART_MQH

#define PART_NONE        0       // action of a part that is only waited for: a close of all of an earlier run
#define PART_EPSILON     1e-8    // lots

struct OrderPart
  {
   string            id;         // signal_id
   uint              request;    // of OrderSendAsync; 0: of an earlier run, or not known
   int               action;     // ENUM_TRADE_REQUEST_ACTIONS
   int               type;       // ENUM_ORDER_TYPE
   string            symbol;
   double            lots;
   ulong             position;   // identifier of the one that is closed or changed, which outlives its ticket (E19); 0: none
   ulong             by;         // identifier of the opposite one by which it is closed; 0: none
   double            price;      // of a pending order that is changed; 0: it stays
   double            sl;
   double            tp;
   long              since;      // seconds of the broker's clock, as far as the PC's is right
   ulong             begun;      // GetTickCount64
   ulong             nextLook;
   uint              retcode;    // 0: no answer yet
   ulong             answeredAt; // GetTickCount64; 0: no answer yet
   ulong             order;
   ulong             deal;
   ulong             gotPosition;
   ulong             seenAt;     // GetTickCount64: when the account showed its end; 0: it has not
   double            traded;     // lots
   double            value;      // sum of lots times price
   bool              isDone;
   string            failure;    // empty: it went well
   string            code;       // of the failure
  };

//--- selects a position by its identifier, else by its ticket; false where there is none
bool SelectPosition(const ulong number)
  {
   for(int i = PositionsTotal() - 1; i >= 0; i--)
     {
      if(PositionGetTicket(i) != 0 && PositionGetInteger(POSITION_IDENTIFIER) == (long)number)
         return(true);
     }
   return(PositionSelectByTicket(number));
  }

#endif
//+------------------------------------------------------------------+
