//+------------------------------------------------------------------+
//| Retcodes.mqh - what the trade server answers: names, codes for   |
//| the backend, and sentences.                                      |
//+------------------------------------------------------------------+
#ifndef BITTENDESK_RETCODES_MQH
#define BITTENDESK_RETCODES_MQH

//--- the name in MQL5's reference, without TRADE_RETCODE_
string RetcodeName(const uint retcode)
  {
   switch(retcode)
     {
      case 10004: return("REQUOTE");
      case 10006: return("REJECT");
      case 10007: return("CANCEL");
      case 10008: return("PLACED");
      case 10009: return("DONE");
      case 10010: return("DONE_PARTIAL");
      case 10011: return("ERROR");
      case 10012: return("TIMEOUT");
      case 10013: return("INVALID");
      case 10014: return("INVALID_VOLUME");
      case 10015: return("INVALID_PRICE");
      case 10016: return("INVALID_STOPS");
      case 10017: return("TRADE_DISABLED");
      case 10018: return("MARKET_CLOSED");
      case 10019: return("NO_MONEY");
      case 10020: return("PRICE_CHANGED");
      case 10021: return("PRICE_OFF");
      case 10022: return("INVALID_EXPIRATION");
      case 10023: return("ORDER_CHANGED");
      case 10024: return("TOO_MANY_REQUESTS");
      case 10025: return("NO_CHANGES");
      case 10026: return("SERVER_DISABLES_AT");
      case 10027: return("CLIENT_DISABLES_AT");
      case 10028: return("LOCKED");
      case 10029: return("FROZEN");
      case 10030: return("INVALID_FILL");
      case 10031: return("CONNECTION");
      case 10032: return("ONLY_REAL");
      case 10033: return("LIMIT_ORDERS");
      case 10034: return("LIMIT_VOLUME");
      case 10035: return("INVALID_ORDER");
      case 10036: return("POSITION_CLOSED");
      case 10038: return("INVALID_CLOSE_VOLUME");
      case 10039: return("CLOSE_ORDER_EXIST");
      case 10040: return("LIMIT_POSITIONS");
      case 10041: return("REJECT_CANCEL");
      case 10042: return("LONG_ONLY");
      case 10043: return("SHORT_ONLY");
      case 10044: return("CLOSE_ONLY");
      case 10045: return("FIFO_CLOSE");
      case 10046: return("HEDGE_PROHIBITED");
     }
   return(IntegerToString((long)retcode));
  }

//--- E17: whether the server has taken the request, or may have
bool IsRetcodeOpen(const uint retcode)
  {
   return(retcode == 10008 || retcode == 10009 || retcode == 10010 || retcode == 10011 || retcode == 10012 || retcode == 10023 || retcode == 10028 || retcode == 10031);
  }

//--- N4: the code of an error
string RetcodeCode(const uint retcode)
  {
   switch(retcode)
     {
      case 10014:
      case 10033:
      case 10034:
      case 10038:
      case 10040: return("lot");
      case 10016:
      case 10029: return("stops");
      case 10030: return("filling");
      case 10017:
      case 10026:
      case 10027:
      case 10032:
      case 10042:
      case 10043:
      case 10044: return("trade_disabled");
      case 10018: return("market_closed");
      case 10019: return("margin");
     }
   return("broker");
  }

string RetcodeWords(const uint retcode)
  {
   switch(retcode)
     {
      case 10004: return("The price moved beyond the deviation (requote)");
      case 10006: return("The broker rejected the request");
      case 10007: return("The request was cancelled in the terminal");
      case 10014: return("The broker does not take these lots");
      case 10015: return("The broker does not take this price");
      case 10016: return("The broker does not take these stops");
      case 10017: return("Trade is not allowed");
      case 10018: return("Market is closed");
      case 10019: return("Not enough money");
      case 10020: return("The price has changed");
      case 10021: return("There is no quote");
      case 10024: return("Too many requests");
      case 10025: return("Nothing would change");
      case 10026: return("The broker's server does not allow automated trading");
      case 10027: return("Automated trading is switched off in the terminal");
      case 10029: return("The order or position is frozen: the price is too close");
      case 10030: return("The broker does not take this filling mode");
      case 10031: return("The terminal has no connection to the broker");
      case 10033: return("The account may have no more pending orders");
      case 10034: return("The account may have no more lots in this symbol");
      case 10036: return("The position is closed already");
      case 10040: return("The account may have no more positions");
     }
   return("The broker answered " + RetcodeName(retcode));
  }

#endif
//+------------------------------------------------------------------+
