//+------------------------------------------------------------------+
//| CommandHandler.mqh - does what a command asks for, if the desk   |
//| that has welcomed this EA sent it, or it is a documented one.    |
//+------------------------------------------------------------------+
#ifndef BITTENDESK_COMMAND_HANDLER_MQH
#define BITTENDESK_COMMAND_HANDLER_MQH

#include <BittenDesk/Command.mqh>
#include <BittenDesk/Ea.mqh>
#include <BittenDesk/Teller.mqh>

#define MOST_COMMANDS_A_STEP  16

class CCommandHandler
  {
private:
   CCommandReader    m_reader;
   long              m_deviation;    // points, of a documented command, which names none
   ulong             m_refused;      // commands that were not read, or are of another session

   bool              IsEntry(const Command &command)
     {
      return(command.type == "signal" || command.type == "modify");
     }

   //--- what stops a command whatever it asks for
   void              SetGate(CEa &ea, const Command &command, OrderGate &gate)
     {
      gate.code = "";
      gate.reason = "";
      gate.latestMs = 0;
      if(!IsEntry(command))
         return;
      if(ea.ledger.IsCloseOnly() && command.type == "signal")
        {
         gate.code = "close_only";
         gate.reason = "This EA is closed for entries until the desk releases it.";
         return;
        }
      if(StringLen(command.session) == 0)
         return;
      if(ea.session.IsOther())
        {
         gate.code = "epoch";
         gate.reason = "A desk with a higher count of starts commands this account.";
         return;
        }
      gate.latestMs = ea.session.LatestMs(command, ea.clock.NowMs());
      if(gate.latestMs == 0)
        {
         gate.code = "expired";
         gate.reason = "How old the order is can't be told: no ping has said how far the clocks are apart.";
        }
     }

   void              Obey(CEa &ea, CTeller &teller, Command &command)
     {
      if(command.type == "ping")
        {
         ea.session.OnPing(command, ea.clock.NowMs());
         ea.links.Say(ea.account.Pong(command.n, command.session, ea.clock.NowMs()));
         return;
        }
      if(command.type == "close_only" && ea.session.IsOther())
        {
         Print("The switch for closes alone was not set: a desk with a higher count of starts commands this account.");
         ea.links.Say(ea.account.CloseOnly(ea.ledger.IsCloseOnly()));
         return;
        }
      if(command.type == "close_only")
        {
         const bool before = ea.ledger.IsCloseOnly();
         if(!ea.ledger.PutCloseOnly(command.on, ea.clock.NowMs()))
            Print("The switch for closes alone could not be written: ", ea.ledger.Error());
         if(ea.ledger.IsCloseOnly() != before)
            Print(before ? "The desk has released this EA: entries are taken again." : "The desk has closed this EA for entries: it takes closes alone.");
         ea.links.Say(ea.account.CloseOnly(ea.ledger.IsCloseOnly()));
         return;
        }
      if(command.type == "reconcile")
        {
         AskedId asked[];
         m_reader.AskedIds(asked);
         teller.Answer(ea, asked, command.n);
         ea.trades.Ask(command.since);
         return;
        }
      if(command.type == "subscribe")
        {
         string symbols[];
         const int count = m_reader.Symbols(symbols);
         ea.symbols.Clear();
         for(int i = 0; i < count; i++)
            if(!ea.symbols.Add(symbols[i]))
               Print("Symbol ", symbols[i], " is not in this terminal: its prices are not told.");
         return;
        }
      OrderGate gate = {};
      SetGate(ea, command, gate);
      ea.orders.Carry(ea.ledger, ea.clock, command, gate);
     }

   //--- a command that is not taken. What is known of its ID already stays so: the command says nothing of it.
   void              Refuse(CEa &ea, const Command &command, const string code, const string reason)
     {
      if(StringLen(command.id) > 0 && !ea.orders.AnswerKnown(ea.ledger, command))
         ea.orders.RefuseUnread(command.id, code, reason);
     }

   void              CarryDocumented(CEa &ea, Command &command)
     {
      if(ea.isDesk && ea.ledger.Epoch() > 0)
        {
         Refuse(ea, command, "session", "This account is commanded by a BITTEN Desk, so that a command without its session is not taken. Set the input for another backend if you mean it.");
         return;
        }
      command.deviation = m_deviation;
      if(command.action == "close" || command.action == "close_all")
        {
         command.type = "close_all";
         command.whose = "own";
         if(command.action == "close_all")
            command.symbol = "";
        }
      OrderGate gate = {};
      SetGate(ea, command, gate);
      ea.orders.Carry(ea.ledger, ea.clock, command, gate);
     }

   //--- W2 and W7
   void              ObeyDocumented(CEa &ea, Command &command)
     {
      if(command.type == "ping")
         ea.links.Say(ea.account.Pong(0, "", ea.clock.NowMs()));
      else
         if(command.type == "command" && command.word == "status")
            ea.links.Say(ea.account.StatusReport());
         else
            if(command.type == "config")
               ea.links.Say(ea.account.Status("config", "This EA takes its settings from its inputs alone"));
            else
               if(command.type == "signal")
                  CarryDocumented(ea, command);
     }

   void              TakeWelcome(CEa &ea, const Command &command)
     {
      if(!ea.session.Welcome(ea.ledger, command, ea.clock.NowMs()))
        {
         Print("The desk's session could not be written, so that nothing of it is taken: ", ea.ledger.Error());
         return;
        }
      ea.trades.Begin();
      ea.specs.Begin();
      //--- prices of before are none to the desk
      ea.symbols.Begin();
     }

   void              TakeCommand(CEa &ea, CTeller &teller, const uchar &bytes[])
     {
      Command command = {};
      if(!m_reader.Read(bytes, ArraySize(bytes), command))
        {
         m_refused++;
         Print("A command was not read: ", m_reader.Error());
         Refuse(ea, command, "invalid", m_reader.Error());
         return;
        }
      if(command.type == "welcome")
        {
         if(ea.isDesk)
            TakeWelcome(ea, command);
         return;
        }
      if(StringLen(command.session) == 0)
        {
         ObeyDocumented(ea, command);
         return;
        }
      if(ea.session.Is(command.session))
        {
         Obey(ea, teller, command);
         return;
        }
      m_refused++;
      Refuse(ea, command, "session", "The command belongs to another session.");
     }

public:
                     CCommandHandler(void)
     {
      m_deviation = 0;
      m_refused = 0;
     }

   void              Init(const long deviation)
     {
      m_deviation = deviation;
     }

   void              TakeCommands(CEa &ea, CTeller &teller)
     {
      uchar bytes[];
      for(int i = 0; i < MOST_COMMANDS_A_STEP && ea.links.Receive(bytes); i++)
         TakeCommand(ea, teller, bytes);
     }

   //--- commands that were not taken
   ulong             Refused(void) const
     {
      return(m_refused);
     }
  };

#endif
//+------------------------------------------------------------------+
