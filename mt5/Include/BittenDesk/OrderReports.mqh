//+------------------------------------------------------------------+
//| OrderReports.mqh - what is told of an order: trade_result and    |
//| error, with all documented fields and those of protocol 8 (N4).  |
//+------------------------------------------------------------------+
#ifndef BITTENDESK_ORDERREPORTS_MQH
#define BITTENDESK_ORDERREPORTS_MQH

#include <BittenDesk/Command.mqh>
#include <BittenDesk/JsonWriter.mqh>
#include <BittenDesk/OrderParts.mqh>

//--- what was asked under an ID, and the market at the decision
struct OrderJob
  {
   string            id;
   string            type;         // of the command
   double            lots;         // asked for; 0: none
   double            price;        // of the request
   double            bid;
   double            ask;
   string            symbol;
   bool              isBuy;
   ulong             begun;        // GetTickCount64
   uint              checkedAfterMs; // from the command to the end of the checks
   uint              writtenAfterMs; // to the record of the intent
   uint              sentAfterMs;  // to OrderSendAsync
   bool              isSent;
   bool              isRecovered;  // it was begun by an earlier run
   bool              isDocumented; // the backend speaks the documented messages alone
   int               skipped;      // parts that could not be sent
   string            skippedWhy;
   string            whose;        // close of all of an earlier run: own or all
   string            closedSymbol; // the same; empty: all
  };

class COrderReports
  {
private:
   CJsonWriter       m_json;

   void              Ticket(const string key, const ulong ticket, const bool isDocumented)
     {
      if(isDocumented)
         m_json.Integer(key, (long)ticket);
      else
         if(ticket != 0)
            m_json.Digits(key, ticket);
     }

   void              Account(void)
     {
      m_json.Number("balance", AccountInfoDouble(ACCOUNT_BALANCE), 2);
      m_json.Number("equity", AccountInfoDouble(ACCOUNT_EQUITY), 2);
      m_json.Number("margin", AccountInfoDouble(ACCOUNT_MARGIN), 2);
     }

   int               Digits(const string symbol) const
     {
      return((int)SymbolInfoInteger(symbol, SYMBOL_DIGITS));
     }

   void              Retcode(const uint retcode)
     {
      if(retcode == 0)
         return;
      m_json.Integer("retcode", (long)retcode);
      m_json.Text("retcode_name", RetcodeName(retcode));
     }

   //--- the market at the decision, and when each step had been made, milliseconds after the command came
   void              Decision(const OrderJob &job, const ulong answeredAt)
     {
      if(job.bid > 0)
        {
         m_json.Number("bid", job.bid, Digits(job.symbol));
         m_json.Number("ask", job.ask, Digits(job.symbol));
        }
      m_json.OpenObject("ms");
      if(!job.isRecovered)
        {
         m_json.Integer("checked", (long)job.checkedAfterMs);
         m_json.Integer("written", (long)job.writtenAfterMs);
         if(job.isSent)
            m_json.Integer("sent", (long)job.sentAfterMs);
        }
      if(answeredAt > 0)
         m_json.Integer("answered", (long)(answeredAt - job.begun));
      m_json.Integer("settled", (long)(GetTickCount64() - job.begun));
      m_json.Close();
      if(job.isRecovered)
         m_json.Bool("recovered", true);
     }

   void              Requested(const OrderJob &job)
     {
      if(job.lots > 0)
         m_json.Number("requested", job.lots, 8);
      if(job.price > 0)
         m_json.Number("requested_price", job.price, 8);
     }

   void              Filled(const OrderJob &job, const OrderPart &part)
     {
      const double price = part.traded > 0 ? part.value / part.traded : 0;
      const double point = SymbolInfoDouble(job.symbol, SYMBOL_POINT);
      Ticket("ticket", part.deal != 0 ? part.deal : part.order, job.isDocumented);
      m_json.Number("price", NormalizeDouble(price, Digits(job.symbol)), Digits(job.symbol));
      if(part.traded > 0)
         m_json.Number("lot", part.traded, 8);
      Requested(job);
      Ticket("deal", part.deal, job.isDocumented);
      Ticket("order", part.order, job.isDocumented);
      Ticket("position", part.gotPosition != 0 ? part.gotPosition : part.position, job.isDocumented);
      if(part.traded > 0 && point > 0 && job.price > 0)
         m_json.Integer("slippage_points", (long)MathRound((job.isBuy ? price - job.price : job.price - price) / point));
     }

   string            Written(void)
     {
      m_json.Close();
      return(m_json.IsWhole() ? m_json.Written() : "");
     }

   void              BeginError(const string id, const string code, const string reason, const uint retcode)
     {
      m_json.Clear();
      m_json.OpenObject();
      m_json.Text("type", "error");
      m_json.Text("signal_id", id);
      m_json.Text("code", code);
      m_json.Text("error", reason);
      Retcode(retcode);
     }

public:
   //--- of a command of which nothing more is known
   string            Error(const string id, const string code, const string reason)
     {
      BeginError(id, code, reason, 0);
      return(Written());
     }

   //--- of an order that was checked and not sent, or of several parts
   string            Refused(const OrderJob &job, const string code, const string reason)
     {
      BeginError(job.id, code, reason, 0);
      Requested(job);
      Decision(job, 0);
      return(Written());
     }

   //--- of an order that was sent. No price is named: with a ticket it would say that something was traded.
   string            Failed(const OrderJob &job, const OrderPart &part)
     {
      BeginError(job.id, part.code, part.failure, part.retcode);
      Ticket("order", part.order, job.isDocumented);
      Ticket("position", part.position, job.isDocumented);
      Requested(job);
      Decision(job, part.answeredAt);
      return(Written());
     }

   //--- of an order of one part
   string            Result(const OrderJob &job, const OrderPart &part)
     {
      if(StringLen(part.code) > 0)
         return(Failed(job, part));
      m_json.Clear();
      m_json.OpenObject();
      m_json.Text("type", "trade_result");
      m_json.Text("signal_id", job.id);
      m_json.Text("status", "success");
      Filled(job, part);
      Retcode(part.retcode);
      const bool isPart = part.action == TRADE_ACTION_DEAL && part.traded < part.lots - PART_EPSILON;
      m_json.Text("message", isPart ? "Filled in part" : "Done");
      Account();
      Decision(job, part.answeredAt);
      return(Written());
     }

   //--- of a close of several positions
   string            ClosedAll(const OrderJob &job, const OrderPart &parts[])
     {
      int closed = 0;
      string why = job.skippedWhy;
      for(int i = 0; i < ArraySize(parts); i++)
        {
         if(StringLen(parts[i].code) == 0)
            closed++;
         else
            why = parts[i].failure;
        }
      const int count = ArraySize(parts) + job.skipped;
      const string message = "Closed " + IntegerToString(closed) + " of " + IntegerToString(count);
      if(closed < count)
         return(Refused(job, "partial", message + ": " + why));
      return(Closed(job, closed));
     }

   //--- of a close of all that has left nothing open
   string            Closed(const OrderJob &job, const int closed)
     {
      m_json.Clear();
      m_json.OpenObject();
      m_json.Text("type", "trade_result");
      m_json.Text("signal_id", job.id);
      m_json.Text("status", "success");
      m_json.Integer("ticket", 0);
      m_json.Integer("price", 0);
      m_json.Integer("closed", closed);
      m_json.Text("message", "Closed " + IntegerToString(closed) + " of " + IntegerToString(closed));
      Account();
      Decision(job, 0);
      return(Written());
     }

   //--- a report that is told again, also one that was told again before
   static string     Again(const string json)
     {
      if(StringFind(json, ",\"repeat\":true}") == StringLen(json) - 15)
         return(json);
      return(StringSubstr(json, 0, StringLen(json) - 1) + ",\"repeat\":true}");
     }
  };

#endif
//+------------------------------------------------------------------+
