//+------------------------------------------------------------------+
//| Command.mqh - one command from the backend, read strictly: a     |
//| field that is missing, unknown or of another type refuses it.    |
//|                                                                  |
//| Commands of a session (protocol 8) and the documented ones of    |
//| any other backend become the same structure.                     |
//+------------------------------------------------------------------+
#ifndef BITTENDESK_COMMAND_MQH
#define BITTENDESK_COMMAND_MQH

#include <BittenDesk/Json.mqh>

#define COMMAND_ID_LENGTH  31      // characters of a signal_id: what an order's comment holds
#define COMMAND_MAX_IDS    500     // of one reconcile

struct Command
  {
   string            type;
   string            session;       // empty: a documented command
   string            id;            // signal_id
   string            action;
   string            symbol;
   double            lot;           // 0: all of a position
   long              sl;            // points; 0: none
   long              tp;
   double            slPrice;       // 0: none
   double            tpPrice;
   bool              stopsArePrices;
   double            price;         // of a pending order
   double            limitPrice;    // of a stop-limit order
   long              until;         // epoch seconds of the broker's clock; 0: until cancelled
   long              untilUtc;      // the same as epoch ms of UTC; 0: not told
   bool              isDay;         // until the broker's day ends
   long              deviation;     // points
   long              sentAt;        // epoch ms; 0: not told
   long              expiresMs;     // 0: it does not age
   ulong             position;
   ulong             order;
   ulong             by;
   string            whose;
   bool              withOrders;
   bool              on;
   long              n;
   long              since;
   long              epoch;
   string            word;          // of "command" and "config"
   string            value;
  };

//--- an ID of a reconcile
struct AskedId
  {
   string            id;
   string            session;       // empty: the desk does not know it
   long              sentAt;
  };

class CCommandReader
  {
private:
   CJson             m_json;
   string            m_error;
   string            m_symbols[];
   AskedId           m_asked[];

   bool              Fail(const string reason)
     {
      m_error = reason;
      return(false);
     }

   bool              Has(const string name) const
     {
      return(m_json.Find(0, name) >= 0);
     }

   //--- the names that a command must have, and those that it may have
   string            Needed(const string type) const
     {
      if(type == "welcome")
         return("type protocol session epoch");
      if(type == "ping")
         return("type session n sent_at");
      if(type == "signal")
         return("type session signal_id sent_at expires_ms action symbol lot deviation");
      if(type == "modify")
         return("type session signal_id sent_at expires_ms sl_price tp_price");
      if(type == "close")
         return("type session signal_id sent_at position deviation");
      if(type == "close_by")
         return("type session signal_id sent_at position by");
      if(type == "cancel")
         return("type session signal_id sent_at order");
      if(type == "close_all")
         return("type session signal_id sent_at whose orders deviation");
      if(type == "reconcile")
         return("type session n since orders");
      if(type == "subscribe")
         return("type session symbols");
      if(type == "close_only")
         return("type session on");
      return("");
     }

   string            Allowed(const string type) const
     {
      if(type == "signal")
         return("sl tp sl_price tp_price price limit_price until until_utc day");
      if(type == "modify")
         return("position order price limit_price until");
      if(type == "close")
         return("lot");
      if(type == "close_all")
         return("symbol");
      return("");
     }

   bool              CheckNames(const string type)
     {
      const string needed = Needed(type);
      if(StringLen(needed) == 0)
         return(Fail("There is no command \"" + type + "\"."));
      string names[];
      const int count = StringSplit(needed, ' ', names);
      for(int i = 0; i < count; i++)
         if(!Has(names[i]))
            return(Fail("\"" + names[i] + "\" is missing."));
      const string known = " " + needed + " " + Allowed(type) + " ";
      for(int i = m_json.First(0); i >= 0; i = m_json.Next(i))
         if(StringFind(known, " " + m_json.Key(i) + " ") < 0)
            return(Fail("\"" + m_json.Key(i) + "\" is not known."));
      return(true);
     }

   //--- the store has such characters between what it keeps
   bool              HasControl(const string text) const
     {
      for(int i = 0; i < StringLen(text); i++)
        {
         const ushort letter = StringGetCharacter(text, i);
         if(letter < 0x20 || letter == 0x7F)
            return(true);
        }
      return(false);
     }

   bool              TakeText(const string name, string &value, const int longest)
     {
      if(!Has(name))
         return(true);
      if(!m_json.ReadText(0, name, value) || StringLen(value) == 0 || StringLen(value) > longest || HasControl(value))
         return(Fail("\"" + name + "\" must be a text of 1 to " + IntegerToString(longest) + " characters, none of them a control character."));
      return(true);
     }

   bool              TakeLong(const string name, long &value, const long least, const long most)
     {
      if(!Has(name))
         return(true);
      if(!m_json.ReadLong(0, name, value) || value < least || value > most)
         return(Fail("\"" + name + "\" must be a whole number from " + IntegerToString(least) + " to " + IntegerToString(most) + "."));
      return(true);
     }

   bool              TakeDouble(const string name, double &value, const double most)
     {
      if(!Has(name))
         return(true);
      if(!m_json.ReadDouble(0, name, value) || !MathIsValidNumber(value) || value < 0 || value > most)
         return(Fail("\"" + name + "\" must be a number of 0 or more."));
      return(true);
     }

   //--- tickets are text of digits, or whole numbers
   bool              TakeTicket(const string name, ulong &value)
     {
      if(!Has(name))
         return(true);
      if(!m_json.ReadDigits(0, name, value) || value == 0)
         return(Fail("\"" + name + "\" must be the number of a position or an order."));
      return(true);
     }

   bool              TakeBool(const string name, bool &value)
     {
      if(!Has(name))
         return(true);
      if(!m_json.ReadBool(0, name, value))
         return(Fail("\"" + name + "\" must be true or false."));
      return(true);
     }

   bool              IsId(const string id) const
     {
      if(StringLen(id) < 1 || StringLen(id) > COMMAND_ID_LENGTH)
         return(false);
      for(int i = 0; i < StringLen(id); i++)
        {
         const ushort letter = StringGetCharacter(id, i);
         const bool isPlain = (letter >= 'A' && letter <= 'Z') || (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9');
         if(!isPlain && letter != '_' && letter != '.' && letter != '-')
            return(false);
        }
      return(true);
     }

   bool              TakeId(Command &command)
     {
      if(!Has("signal_id"))
         return(true);
      if(!m_json.ReadText(0, "signal_id", command.id) || !IsId(command.id))
        {
         command.id = "";
         return(Fail("\"signal_id\" must be 1 to 31 letters, digits or _ . -"));
        }
      return(true);
     }

   bool              TakeNumbers(Command &command)
     {
      const long most = 4102444800000;
      return(TakeDouble("lot", command.lot, 999999) && TakeLong("sl", command.sl, 0, 9999999) && TakeLong("tp", command.tp, 0, 9999999) &&
             TakeDouble("sl_price", command.slPrice, 1e12) && TakeDouble("tp_price", command.tpPrice, 1e12) && TakeDouble("price", command.price, 1e12) &&
             TakeDouble("limit_price", command.limitPrice, 1e12) && TakeLong("until", command.until, 0, most) && TakeLong("until_utc", command.untilUtc, 1, most) &&
             TakeLong("deviation", command.deviation, 0, 100000) && TakeLong("sent_at", command.sentAt, 0, most) &&
             TakeLong("expires_ms", command.expiresMs, 100, 60000) && TakeLong("n", command.n, 1, most) && TakeLong("since", command.since, 0, most) &&
             TakeLong("epoch", command.epoch, 0, 2147483647));
     }

   bool              TakeFields(Command &command)
     {
      return(TakeId(command) && TakeText("session", command.session, 32) && TakeText("action", command.action, 20) && TakeText("symbol", command.symbol, 64) &&
             TakeText("whose", command.whose, 3) && TakeNumbers(command) && TakeTicket("position", command.position) && TakeTicket("order", command.order) &&
             TakeTicket("by", command.by) && TakeBool("on", command.on) && TakeBool("day", command.isDay) && (command.type == "reconcile" || TakeBool("orders", command.withOrders)));
     }

   //--- a list of texts
   bool              TakeSymbols(void)
     {
      const int list = m_json.Find(0, "symbols");
      if(list < 0)
         return(true);
      if(m_json.Type(list) != JSON_ARRAY || m_json.Count(list) > 100)
         return(Fail("\"symbols\" must be a list of at most 100 names."));
      ArrayResize(m_symbols, m_json.Count(list));
      int at = 0;
      for(int i = m_json.First(list); i >= 0; i = m_json.Next(i))
        {
         if(m_json.Type(i) != JSON_TEXT)
            return(Fail("\"symbols\" must be a list of names."));
         m_symbols[at] = m_json.Text(i);
         at++;
        }
      return(true);
     }

   bool              TakeAsked(const string type)
     {
      if(type != "reconcile")
         return(true);
      const int list = m_json.Find(0, "orders");
      if(list < 0 || m_json.Type(list) != JSON_ARRAY || m_json.Count(list) > COMMAND_MAX_IDS)
         return(Fail("\"orders\" must be a list of at most 500 orders."));
      ArrayResize(m_asked, m_json.Count(list));
      int at = 0;
      for(int i = m_json.First(list); i >= 0; i = m_json.Next(i))
        {
         m_asked[at].session = "";
         m_asked[at].sentAt = 0;
         if(!m_json.ReadText(i, "signal_id", m_asked[at].id) || !IsId(m_asked[at].id) || !m_json.ReadLong(i, "sent_at", m_asked[at].sentAt))
            return(Fail("Each of \"orders\" must have a signal_id and a sent_at."));
         const int session = m_json.Find(i, "session");
         if(session >= 0 && m_json.Type(session) == JSON_TEXT)
            m_asked[at].session = m_json.Text(session);
         at++;
        }
      return(true);
     }

   //--- what belongs together
   bool              CheckSignal(Command &command)
     {
      if((Has("sl") ? 1 : 0) + (Has("sl_price") ? 1 : 0) != 1 || (Has("tp") ? 1 : 0) + (Has("tp_price") ? 1 : 0) != 1)
         return(Fail("It needs one of sl and sl_price, and one of tp and tp_price."));
      if(Has("sl") != Has("tp"))
         return(Fail("Both stops must be points, or both prices."));
      command.stopsArePrices = Has("sl_price");
      const bool isPending = StringFind(command.action, "_") > 0;
      if(isPending != (command.price > 0))
         return(Fail("It needs a price if it is pending, and none if it is not."));
      if((StringFind(command.action, "_stop_limit") > 0) != (command.limitPrice > 0))
         return(Fail("It needs a limit_price if it is a stop-limit order, and none if it is not."));
      if((Has("until") ? 1 : 0) + (Has("until_utc") ? 1 : 0) + (Has("day") ? 1 : 0) > (isPending ? 1 : 0))
         return(Fail("It may have one of until, until_utc and day if it is pending, and none if it is not."));
      return(command.lot > 0 || Fail("\"lot\" must be above 0."));
     }

   bool              ReadSession(Command &command)
     {
      if(!CheckNames(command.type) || !TakeFields(command) || !TakeSymbols() || !TakeAsked(command.type))
         return(false);
      if(command.type == "signal")
         return(CheckSignal(command));
      if(command.type == "modify" && (command.position == 0) == (command.order == 0))
         return(Fail("It needs one of position and order."));
      if(command.type == "close_all" && command.whose != "own" && command.whose != "all")
         return(Fail("\"whose\" must be own or all."));
      return(true);
     }

   //--- W2 and W7: what is missing is empty, unknown names are read over
   bool              ReadDocumented(Command &command)
     {
      if(!TakeId(command) || !TakeText("action", command.action, 20) || !TakeText("symbol", command.symbol, 64) || !TakeDouble("lot", command.lot, 999999))
         return(false);
      if(!TakeLong("sl", command.sl, 0, 9999999) || !TakeLong("tp", command.tp, 0, 9999999))
         return(false);
      if(command.type == "signal" && (StringLen(command.id) == 0 || StringLen(command.symbol) == 0 || StringLen(command.action) == 0))
         return(Fail("Invalid signal parameters: action, symbol and signal_id are needed."));
      string text = "";
      if(m_json.ReadText(0, command.type == "config" ? "param" : "command", text))
         command.word = text;
      if(m_json.ReadText(0, "value", text))
         command.value = text;
      return(true);
     }

public:
   //--- false: Error says why; the command's type and ID are there as far as they could be read
   bool              Read(const uchar &bytes[], const int size, Command &command)
     {
      const Command nothing = {};
      command = nothing;
      m_error = "";
      ArrayResize(m_symbols, 0);
      ArrayResize(m_asked, 0);
      if(!m_json.Parse(bytes, size))
         return(Fail(m_json.Error()));
      if(m_json.Type(0) != JSON_OBJECT || !m_json.ReadText(0, "type", command.type))
         return(Fail("A command is an object with a type."));
      if(!TakeId(command))
         return(false);
      return(Has("session") ? ReadSession(command) : ReadDocumented(command));
     }

   string            Error(void) const
     {
      return(m_error);
     }

   //--- of the last subscribe
   int               Symbols(string &symbols[]) const
     {
      const int count = ArraySize(m_symbols);
      ArrayResize(symbols, count);
      for(int i = 0; i < count; i++)
         symbols[i] = m_symbols[i];
      return(count);
     }

   //--- of the last reconcile
   int               AskedIds(AskedId &ids[]) const
     {
      const int count = ArraySize(m_asked);
      ArrayResize(ids, count);
      for(int i = 0; i < count; i++)
         ids[i] = m_asked[i];
      return(count);
     }
  };

#endif
//+------------------------------------------------------------------+
