//+------------------------------------------------------------------+
//| OrderContent.mqh - what was asked, as the store keeps it with the|
//| intent: it tells a repeat from another order, and an order of an |
//| earlier run is read back from it.                                |
//+------------------------------------------------------------------+
#ifndef BITTENDESK_ORDERCONTENT_MQH
#define BITTENDESK_ORDERCONTENT_MQH

#include <BittenDesk/Command.mqh>
#include <BittenDesk/Ledger.mqh>
#include <BittenDesk/OrderChecks.mqh>
#include <BittenDesk/OrderPart.mqh>
#include <BittenDesk/OrderReports.mqh>

#define CONTENT_FIELDS  16   // type, action, symbol, lots and so on, with '|' between them
#define CONTENT_SYMBOL  2    // the field that can have a '|' in it itself, as a broker's name of a symbol may

class COrderContent
  {
private:
   static int        ActionOf(const string type, const string action, const bool isOrder)
     {
      if(type == "signal")
         return(StringFind(action, "_") > 0 ? TRADE_ACTION_PENDING : TRADE_ACTION_DEAL);
      if(type == "modify")
         return(isOrder ? TRADE_ACTION_MODIFY : TRADE_ACTION_SLTP);
      if(type == "close")
         return(TRADE_ACTION_DEAL);
      if(type == "close_by")
         return(TRADE_ACTION_CLOSE_BY);
      return(TRADE_ACTION_REMOVE);
     }

   //--- takes content apart; false: it is not whole
   static bool       Split(const string content, string &fields[])
     {
      const int count = StringSplit(content, '|', fields);
      const int more = count - CONTENT_FIELDS;
      if(more < 0)
         return(false);
      for(int i = CONTENT_SYMBOL + 1; i <= CONTENT_SYMBOL + more; i++)
         fields[CONTENT_SYMBOL] += "|" + fields[i];
      for(int i = CONTENT_SYMBOL + 1; i < CONTENT_FIELDS; i++)
         fields[i] = fields[i + more];
      return(true);
     }

public:
   //--- what was asked, without what differs when it is sent again. No action has a '|'.
   static string     Of(const Command &command)
     {
      string action = command.action;
      StringReplace(action, "|", " ");
      //--- a time of UTC is told from one of the broker's clock by its sign
      const long until = command.isDay ? -1 : (command.untilUtc > 0 ? -command.untilUtc : command.until);
      string text = command.type + "|" + action + "|" + command.symbol + "|" + DoubleToString(command.lot, 8) + "|" + IntegerToString(command.sl) + "|" +
                    IntegerToString(command.tp) + "|" + DoubleToString(command.slPrice, 8) + "|" + DoubleToString(command.tpPrice, 8) + "|" + DoubleToString(command.price, 8) + "|" +
                    DoubleToString(command.limitPrice, 8) + "|" + IntegerToString(until) + "|" + IntegerToString((long)command.position) + "|" +
                    IntegerToString((long)command.order) + "|" + IntegerToString((long)command.by) + "|" + command.whose + "|" + (command.withOrders ? "1" : "0");
      StringReplace(text, "\t", " ");
      return(text);
     }

   //--- what an earlier run has begun and not settled
   static void       Recover(const string id, const Intent &intent, OrderJob &job, OrderPart &part)
     {
      string fields[];
      const bool isWhole = Split(intent.content, fields);
      job.id = id;
      job.type = isWhole ? fields[0] : "";
      job.symbol = intent.symbol;
      job.lots = intent.lots;
      job.isBuy = COrderChecks::IsBuyType((ENUM_ORDER_TYPE)intent.type);
      job.begun = GetTickCount64();
      job.isRecovered = true;
      job.isDocumented = StringLen(intent.session) == 0;
      part.id = id;
      part.type = intent.type;
      part.symbol = intent.symbol;
      part.lots = intent.lots;
      part.since = intent.serverTime;
      part.begun = job.begun;
      //--- what can't be read is looked for in vain, and ends as unknown
      part.action = TRADE_ACTION_REMOVE;
      if(!isWhole)
         return;
      part.action = ActionOf(job.type, fields[1], fields[12] != "0");
      part.price = StringToDouble(fields[8]);
      part.sl = StringToDouble(fields[6]);
      part.tp = StringToDouble(fields[7]);
      part.position = (ulong)StringToInteger(fields[11]);
      part.order = (ulong)StringToInteger(fields[12]);
      if(part.position != 0 && SelectPosition(part.position))
         part.position = (ulong)PositionGetInteger(POSITION_IDENTIFIER);
      if(job.type == "close_all")
        {
         part.action = PART_NONE;
         job.whose = fields[14];
         job.closedSymbol = fields[CONTENT_SYMBOL];
        }
     }
  };

#endif
//+------------------------------------------------------------------+
