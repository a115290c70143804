//+------------------------------------------------------------------+
//| Orders.mqh - carries orders out, each once.                      |
//|                                                                  |
//|  1. Check everything.            4. Settle by events and looks.  |
//|  2. Write what shall be done.    5. Write what came of it.       |
//|  3. Send.                        6. Tell it.                     |
//|                                                                  |
//| An ID that comes again gets its first result again, marked as a  |
//| repeat. With other content it gets an error. What an earlier run |
//| has begun is settled by what the account shows.                  |
//+------------------------------------------------------------------+
#ifndef BITTENDESK_ORDERS_MQH
#define BITTENDESK_ORDERS_MQH

#include <BittenDesk/CloseAllScope.mqh>
#include <BittenDesk/Ledger.mqh>
#include <BittenDesk/OrderChecks.mqh>
#include <BittenDesk/OrderContent.mqh>
#include <BittenDesk/OrderReports.mqh>
#include <BittenDesk/UnwrittenResults.mqh>
#include <BittenDesk/UtcClock.mqh>

//--- a report that waits to be told
struct OrderTold
  {
   string            id;
   string            json;
  };

//--- why a command may not be carried out now, whatever it asks for; code empty: it may
struct OrderGate
  {
   string            code;
   string            reason;
   long              latestMs;   // UTC of this EA's clock: sent later it is expired; 0: it does not age
  };

class COrders
  {
private:
   COrderChecks      m_checks;
   COrderParts       m_parts;
   COrderReports     m_reports;
   CUnwrittenResults m_unwritten;
   OrderJob          m_jobs[];
   int               m_jobCount;
   OrderTold         m_told[];
   int               m_toldCount;
   ulong             m_magic;
   long              m_deviation;   // points, where a command names none
   string            m_last;        // the last order in words

   void              Tell(const string id, const string json)
     {
      if(StringLen(json) == 0)
        {
         Print("A report of order ", id, " could not be written.");
         return;
        }
      ArrayResize(m_told, m_toldCount + 1, 64);
      m_told[m_toldCount].id = id;
      m_told[m_toldCount].json = json;
      m_toldCount++;
     }

   //--- what became of an order is written before it is told
   void              Settle(CLedger &ledger, const string id, const string json, const long nowMs)
     {
      if(!ledger.PutResult(id, json, nowMs))
        {
         Print("The result of order ", id, " could not be written: ", ledger.Error());
         m_unwritten.Add(id, json);
        }
      Tell(id, json);
      m_last = id + (StringFind(json, "{\"type\":\"error\"") == 0 ? ": not done" : ": done");
     }

   void              Refuse(CLedger &ledger, const OrderJob &job, const string code, const string reason, const long nowMs)
     {
      Settle(ledger, job.id, m_reports.Refused(job, code, reason), nowMs);
     }

   //--- an ID that has come before; false: it is new
   bool              IsRepeat(CLedger &ledger, const Command &command)
     {
      const ENUM_LEDGER_STATE state = ledger.State(command.id);
      if(state == LEDGER_UNSEEN)
         return(false);
      Intent intent = {};
      if(state == LEDGER_REFUSED)
         Tell(command.id, m_reports.Error(command.id, "duplicate", "The ID " + command.id + " was declared as never seen, and is refused for good."));
      else
         if(!ledger.ReadIntent(command.id, intent))
            Tell(command.id, m_reports.Error(command.id, "unknown", "What was asked under the ID " + command.id + " can't be read."));
         else
            if(intent.content != COrderContent::Of(command))
               Tell(command.id, m_reports.Error(command.id, "duplicate", "Another order has the ID " + command.id + "."));
            else
               TellAgain(ledger, command.id);
      return(true);
     }

   bool              PutIntent(CLedger &ledger, const Command &command, const MqlTradeRequest &request, const long nowMs)
     {
      Intent intent = {};
      intent.id = command.id;
      intent.session = command.session;
      intent.timeMs = nowMs;
      intent.serverTime = (long)TimeTradeServer();
      intent.symbol = StringLen(request.symbol) > 0 ? request.symbol : command.symbol;
      intent.type = request.type;
      intent.lots = request.volume;
      intent.content = COrderContent::Of(command);
      if(ledger.PutIntent(intent))
         return(true);
      Tell(command.id, m_reports.Error(command.id, "store", "It was not sent, because it can't be recorded: " + ledger.Error()));
      return(false);
     }

   void              Begin(const Command &command, const MqlTradeRequest &request, OrderJob &job) const
     {
      job.id = command.id;
      job.type = command.type;
      job.lots = request.action == TRADE_ACTION_DEAL || request.action == TRADE_ACTION_PENDING ? request.volume : (command.type == "close_all" ? 0 : command.lot);
      job.price = request.price > 0 ? request.price : command.price;
      job.symbol = StringLen(request.symbol) > 0 ? request.symbol : command.symbol;
      job.isBuy = COrderChecks::IsBuyType(request.type);
      job.isDocumented = StringLen(command.session) == 0;
      if(StringLen(job.symbol) > 0)
        {
         job.bid = SymbolInfoDouble(job.symbol, SYMBOL_BID);
         job.ask = SymbolInfoDouble(job.symbol, SYMBOL_ASK);
        }
     }

   void              AddJob(const OrderJob &job)
     {
      ArrayResize(m_jobs, m_jobCount + 1, 64);
      m_jobs[m_jobCount] = job;
      m_jobCount++;
     }

   bool              Make(const Command &command, MqlTradeRequest &request)
     {
      if(command.type == "signal")
         return(m_checks.MakeEntry(command, request));
      if(command.type == "modify")
         return(m_checks.MakeModify(command, request));
      if(command.type == "close")
         return(m_checks.MakeClose(command.position, command.lot, command.deviation, command.id, request));
      if(command.type == "close_by")
         return(m_checks.MakeCloseBy(command.position, command.by, command.id, request));
      return(m_checks.MakeCancel(command.order, request));
     }

   bool              IsBeingClosed(const MqlTradeRequest &request) const
     {
      const bool isClose = request.action == TRADE_ACTION_DEAL || request.action == TRADE_ACTION_CLOSE_BY;
      return(isClose && (m_parts.IsClosing(request.position) || m_parts.IsClosing(request.position_by)));
     }

   void              CarryOne(CLedger &ledger, CUtcClock &clock, const Command &command, const OrderGate &gate, const ulong begun)
     {
      MqlTradeRequest request = {};
      string code = gate.code;
      string reason = gate.reason;
      if(StringLen(code) == 0 && !Make(command, request))
        {
         code = m_checks.Code();
         reason = m_checks.Reason();
        }
      if(StringLen(code) == 0 && IsBeingClosed(request))
        {
         code = "busy";
         reason = "A close of this position is on its way.";
        }
      OrderJob job = {};
      Begin(command, request, job);
      job.begun = begun;
      job.checkedAfterMs = (uint)(GetTickCount64() - begun);
      if(!PutIntent(ledger, command, request, clock.NowMs()))
         return;
      job.writtenAfterMs = (uint)(GetTickCount64() - begun);
      if(StringLen(code) == 0 && gate.latestMs > 0 && clock.NowMs() > gate.latestMs)
        {
         code = "expired";
         reason = "The order came too late: it is " + IntegerToString(clock.NowMs() - gate.latestMs) + " ms past its limit.";
        }
      if(StringLen(code) > 0)
        {
         Refuse(ledger, job, code, reason, clock.NowMs());
         return;
        }
      OrderPart part = {};
      job.sentAfterMs = (uint)(GetTickCount64() - begun);
      job.isSent = true;
      part.id = command.id;
      m_parts.Send(request, part);
      AddJob(job);
     }

   void              SendPart(OrderJob &job, const bool isMade, const MqlTradeRequest &request, const string why)
     {
      if(!isMade)
        {
         job.skipped++;
         job.skippedWhy = why;
         return;
        }
      OrderPart part = {};
      part.id = job.id;
      m_parts.Send(request, part);
     }

   void              CarryAll(CLedger &ledger, CUtcClock &clock, const Command &command, const OrderGate &gate, const ulong begun)
     {
      const MqlTradeRequest nothing = {};
      OrderJob job = {};
      Begin(command, nothing, job);
      job.begun = begun;
      job.checkedAfterMs = (uint)(GetTickCount64() - begun);
      if(!PutIntent(ledger, command, nothing, clock.NowMs()))
         return;
      job.writtenAfterMs = (uint)(GetTickCount64() - begun);
      if(StringLen(gate.code) > 0)
        {
         Refuse(ledger, job, gate.code, gate.reason, clock.NowMs());
         return;
        }
      ulong tickets[];
      const long deviation = command.deviation > 0 ? command.deviation : m_deviation;
      for(int i = CCloseAllScope::PositionsOf(command, m_magic, tickets) - 1; i >= 0; i--)
        {
         MqlTradeRequest request = {};
         const bool isMade = m_checks.MakeClose(tickets[i], 0, deviation, command.id, request);
         const bool isBusy = isMade && IsBeingClosed(request);
         SendPart(job, isMade && !isBusy, request, isBusy ? "A close of it was on its way" : m_checks.Reason());
        }
      ulong pending[];
      for(int i = CCloseAllScope::OrdersOf(command, m_magic, pending) - 1; i >= 0; i--)
        {
         MqlTradeRequest request = {};
         const bool isMade = m_checks.MakeCancel(pending[i], request);
         SendPart(job, isMade, request, m_checks.Reason());
        }
      job.sentAfterMs = (uint)(GetTickCount64() - begun);
      job.isSent = true;
      AddJob(job);
     }

   //--- a close of all that an earlier run has left: what it has closed, and what is open still
   string            CutOff(const CLedger &ledger, const OrderJob &job, const OrderPart &part)
     {
      Command command = {};
      ulong tickets[];
      command.whose = job.whose;
      command.symbol = job.closedSymbol;
      const int left = CCloseAllScope::PositionsOf(command, m_magic, tickets);
      const int closed = m_parts.CountCloses(part, ledger);
      if(left == 0)
         return(m_reports.Closed(job, closed));
      return(m_reports.Refused(job, "partial", "The terminal ended while it closed positions: " + IntegerToString(closed) + " were closed, " + IntegerToString(left) + " are open"));
     }

   void              Finish(CLedger &ledger, OrderJob &job, const long nowMs)
     {
      OrderPart parts[];
      const int count = m_parts.Take(job.id, parts);
      if(job.type == "close_all" && job.isRecovered)
         Settle(ledger, job.id, CutOff(ledger, job, parts[0]), nowMs);
      else
         if(job.type == "close_all")
            Settle(ledger, job.id, m_reports.ClosedAll(job, parts), nowMs);
         else
            if(count == 1)
               Settle(ledger, job.id, m_reports.Result(job, parts[0]), nowMs);
     }

   void              Recover(CLedger &ledger, const string id)
     {
      Intent intent = {};
      OrderJob job = {};
      OrderPart part = {};
      if(!ledger.ReadIntent(id, intent))
         return;
      COrderContent::Recover(id, intent, job, part);
      m_parts.Add(part);
      AddJob(job);
     }

public:
                     COrders(void)
     {
      m_jobCount = 0;
      m_toldCount = 0;
      m_magic = 0;
      m_deviation = 0;
      m_last = "";
     }

   void              Init(const ulong magic, const long deviation, const double maxLot, const int maxPositions, const double dayLoss, const uint missingMs)
     {
      m_magic = magic;
      m_deviation = deviation;
      m_checks.Init(magic, maxLot, maxPositions, dayLoss);
      m_parts.Init(magic, missingMs);
     }

   //--- another account: what is on its way is recovered when its own ledger is open again
   void              Forget(void)
     {
      m_jobCount = 0;
      m_parts.Forget();
      m_unwritten.Forget();
     }

   //--- after the ledger was opened
   void              RecoverAll(CLedger &ledger)
     {
      string ids[];
      const int count = ledger.Pending(ids);
      for(int i = 0; i < count; i++)
         if(!IsBegun(ids[i]) && !m_unwritten.Has(ids[i]))
            Recover(ledger, ids[i]);
     }

   bool              IsBegun(const string id) const
     {
      for(int i = 0; i < m_jobCount; i++)
         if(m_jobs[i].id == id)
            return(true);
      return(false);
     }

   //--- carries a command with an ID out, or tells why not
   void              Carry(CLedger &ledger, CUtcClock &clock, const Command &command, const OrderGate &gate)
     {
      const ulong begun = GetTickCount64();
      if(IsRepeat(ledger, command))
         return;
      if(command.type == "close_all")
         CarryAll(ledger, clock, command, gate, begun);
      else
         CarryOne(ledger, clock, command, gate, begun);
     }

   //--- a report that is stored nowhere: of a command that was not read, or is of another session
   void              RefuseUnread(const string id, const string code, const string reason)
     {
      Tell(id, m_reports.Error(id, code, reason));
     }

   //--- of a command that is not taken: what is known of its ID already stays so; false: nothing is
   bool              AnswerKnown(CLedger &ledger, const Command &command)
     {
      const ENUM_LEDGER_STATE state = ledger.State(command.id);
      return((state == LEDGER_SETTLED || state == LEDGER_PENDING) && IsRepeat(ledger, command));
     }

   //--- the stored result again, marked as a repeat
   void              TellAgain(CLedger &ledger, const string id)
     {
      const string json = ledger.ReadResult(id);
      if(StringLen(json) > 0)
         Tell(id, COrderReports::Again(json));
     }

   void              OnTransaction(const MqlTradeTransaction &transaction, const MqlTradeRequest &request, const MqlTradeResult &result)
     {
      const bool isOwn = request.magic == m_magic;
      if(transaction.type == TRADE_TRANSACTION_REQUEST && isOwn)
         m_parts.OnAnswer(result);
      else
         m_parts.OnChange();
     }

   void              Step(CLedger &ledger, const long nowMs)
     {
      m_parts.Step(ledger);
      m_unwritten.Step(ledger, nowMs);
      int kept = 0;
      for(int i = 0; i < m_jobCount; i++)
        {
         if(m_parts.IsDone(m_jobs[i].id))
           {
            Finish(ledger, m_jobs[i], nowMs);
            continue;
           }
         if(kept != i)
            m_jobs[kept] = m_jobs[i];
         kept++;
        }
      m_jobCount = kept;
      ArrayResize(m_jobs, m_jobCount, 64);
     }

   //--- the oldest report that waits; false: none does
   bool              NextTold(OrderTold &told)
     {
      if(m_toldCount == 0)
         return(false);
      told = m_told[0];
      ArrayRemove(m_told, 0, 1);
      m_toldCount--;
      return(true);
     }

   string            Last(void) const
     {
      return(m_last);
     }
  };

#endif
//+------------------------------------------------------------------+
