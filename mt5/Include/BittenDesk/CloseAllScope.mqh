//+------------------------------------------------------------------+
//| CloseAllScope.mqh - what a close of all is of: the positions and |
//| orders of its symbol, of this EA's magic number or of all.       |
//+------------------------------------------------------------------+
#ifndef BITTENDESK_CLOSEALLSCOPE_MQH
#define BITTENDESK_CLOSEALLSCOPE_MQH

#include <BittenDesk/Command.mqh>

class CCloseAllScope
  {
public:
   //--- by ticket; the number of them is returned
   static int        PositionsOf(const Command &command, const ulong magic, ulong &tickets[])
     {
      int count = 0;
      for(int i = PositionsTotal() - 1; i >= 0; i--)
        {
         const ulong ticket = PositionGetTicket(i);
         if(ticket == 0 || (command.whose != "all" && PositionGetInteger(POSITION_MAGIC) != (long)magic))
            continue;
         if(StringLen(command.symbol) > 0 && PositionGetString(POSITION_SYMBOL) != command.symbol)
            continue;
         ArrayResize(tickets, count + 1, 64);
         tickets[count] = ticket;
         count++;
        }
      return(count);
     }

   static int        OrdersOf(const Command &command, const ulong magic, ulong &tickets[])
     {
      int count = 0;
      for(int i = OrdersTotal() - 1; i >= 0 && command.withOrders; i--)
        {
         const ulong ticket = OrderGetTicket(i);
         if(ticket == 0 || (command.whose != "all" && OrderGetInteger(ORDER_MAGIC) != (long)magic))
            continue;
         if(StringLen(command.symbol) > 0 && OrderGetString(ORDER_SYMBOL) != command.symbol)
            continue;
         ArrayResize(tickets, count + 1, 64);
         tickets[count] = ticket;
         count++;
        }
      return(count);
     }
  };

#endif
//+------------------------------------------------------------------+
