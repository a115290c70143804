//+------------------------------------------------------------------+
//| JsonNumbers.mqh - numbers of JSON as text: their grammar, and    |
//| what they are worth.                                             |
//|                                                                  |
//| A number stays text until it is asked for: a double would round  |
//| a ticket of 19 digits.                                           |
//+------------------------------------------------------------------+
#ifndef BITTENDESK_JSONNUMBERS_MQH
#define BITTENDESK_JSONNUMBERS_MQH

#define JSON_MAX_NUMBER  64   // most characters of a number

//--- how many digits stand from a place on
int JsonDigitsAt(const uchar &bytes[], const int place, const int end)
  {
   int count = 0;
   while(place + count < end && bytes[place + count] >= '0' && bytes[place + count] <= '9')
      count++;
   return(count);
  }

//+------------------------------------------------------------------+
//| The place behind the number that begins at a place. Where it is  |
//| none: -1 minus the place where a digit was expected.             |
//+------------------------------------------------------------------+
int JsonNumberEnd(const uchar &bytes[], const int place, const int end)
  {
   int at = place;
   if(at < end && bytes[at] == '-')
      at++;
   const int whole = JsonDigitsAt(bytes, at, end);
   if(whole == 0)
      return(-1 - at);
//--- nothing but a fraction or an exponent may follow a leading zero
   at += bytes[at] == '0' ? 1 : whole;
   if(at < end && bytes[at] == '.')
     {
      const int fraction = JsonDigitsAt(bytes, at + 1, end);
      if(fraction == 0)
         return(-1 - (at + 1));
      at += 1 + fraction;
     }
   if(at < end && (bytes[at] == 'e' || bytes[at] == 'E'))
     {
      at++;
      if(at < end && (bytes[at] == '+' || bytes[at] == '-'))
         at++;
      const int exponent = JsonDigitsAt(bytes, at, end);
      if(exponent == 0)
         return(-1 - at);
      at += exponent;
     }
   return(at);
  }

//+------------------------------------------------------------------+
//| A text of digits alone as a number, as tickets are written;      |
//| false where it is something else or above 18446744073709551615.  |
//+------------------------------------------------------------------+
bool JsonDigitsToUlong(const string text, ulong &value)
  {
   const int length = StringLen(text);
   if(length == 0)
      return(false);
   ulong sum = 0;
   for(int i = 0; i < length; i++)
     {
      const ushort letter = StringGetCharacter(text, i);
      if(letter < '0' || letter > '9')
         return(false);
      const ulong digit = (ulong)(letter - '0');
      if(sum > (ULONG_MAX - digit) / 10)
         return(false);
      sum = sum * 10 + digit;
     }
   value = sum;
   return(true);
  }

//+------------------------------------------------------------------+
//| A whole number without fraction and exponent; false where it is  |
//| something else or does not fit.                                  |
//+------------------------------------------------------------------+
bool JsonTextToLong(const string text, long &value)
  {
   const bool isNegative = StringLen(text) > 1 && StringGetCharacter(text, 0) == '-';
   ulong size = 0;
   if(!JsonDigitsToUlong(isNegative ? StringSubstr(text, 1) : text, size))
      return(false);
   const ulong most = (ulong)LONG_MAX;
   if(isNegative && size == most + 1)
      value = LONG_MIN;
   else
      if(size > most)
         return(false);
      else
         value = isNegative ? -(long)size : (long)size;
   return(true);
  }

//--- a number as a double; false where it is too large for one
bool JsonTextToDouble(const string text, double &value)
  {
   const double number = StringToDouble(text);
   if(!MathIsValidNumber(number))
      return(false);
   value = number;
   return(true);
  }

#endif
//+------------------------------------------------------------------+
