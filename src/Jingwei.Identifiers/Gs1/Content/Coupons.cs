namespace Jingwei.Identifiers.Gs1.Content;

/// <summary>
/// Coupons of North America (North American Coupon Application Guideline Using GS1 DataBar Expanded, of AI 8110, and the positive offer
/// file of AI 8112). Digits whose fields carry their own length; numbered optional fields follow in rising order.
/// </summary>
internal ref struct Coupons
{
    private readonly ReadOnlySpan<char> _digits;
    private int _at;
    private Gs1Problem? _problem;

    private Coupons(ReadOnlySpan<char> digits) => _digits = digits;

    internal static Gs1Problem? Coupon(ReadOnlySpan<char> text) => Digits(text) ?? new Coupons(text).ReadCoupon();

    internal static Gs1Problem? Offer(ReadOnlySpan<char> text) => Digits(text) ?? new Coupons(text).ReadOffer();

    private static Gs1Problem? Digits(ReadOnlySpan<char> text) =>
        text.IndexOfAnyExceptInRange('0', '9') is var outside && outside < 0 ? null : new(Gs1ProblemCode.InvalidCharacter, "A coupon has only digits.", outside);

    private Gs1Problem? ReadOffer()
    {
        _ = Choice("01", "the format") && Company("0123456", "the funder") && Fixed(6, "the offer code") && Counted("0123456789", 6, "the serial number");
        return End();
    }

    private Gs1Problem? ReadCoupon()
    {
        var isComplete = Company("0123456", "the company prefix")
            && Fixed(6, "the offer code")
            && Counted("12345", 0, "the save value")
            && Purchase("the first purchase")
            && (!Field('1') || (Choice("0123", "the rule for further purchases") && Purchase("the second purchase") && Company("01234569", "the company of the second purchase")))
            && (!Field('2') || (Purchase("the third purchase") && Company("01234569", "the company of the third purchase")))
            && Dates()
            && (!Field('5') || Counted("0123456789", 6, "the serial number"))
            && (!Field('6') || Company("1234567", "the retailer"));
        _ = isComplete && Field('9')
            && Choice("01256", "the save value code") && Choice("012", "the item that the save value applies to")
            && Fixed(1, "the store coupon flag") && Choice("01", "the flag against multiplying");
        return End();
    }

    private bool Purchase(string name) => Counted("12345", 0, name) && Choice("012349", "the code of " + name) && Fixed(3, "the family code of " + name);

    private bool Dates()
    {
        var expiry = Field('3') ? Date("the day of expiry") : default;
        var start = _problem is null && Field('4') ? Date("the first day") : default;
        if (_problem is null && !expiry.IsEmpty && !start.IsEmpty && start.SequenceCompareTo(expiry) > 0)
        {
            _problem = new(Gs1ProblemCode.InvalidCoupon, "The coupon expires before its first day.", _at - 6);
        }

        return _problem is null;
    }

    private ReadOnlySpan<char> Date(string name)
    {
        if (!Fixed(6, name))
        {
            return default;
        }

        var date = _digits.Slice(_at - 6, 6);
        _problem = DatesAndTimes.Date(date, isMonthEnough: false)?.At(_at - 6);
        return date;
    }

    private bool Field(char number)
    {
        var isThere = _at < _digits.Length && _digits[_at] == number;
        _at += isThere ? 1 : 0;
        return isThere;
    }

    // A length indicator counts from 6: prefixes of 6 to 12 digits; 9 says that there is none.
    private bool Company(string indicators, string name)
    {
        var at = _at + 1;
        if (_at < _digits.Length && _digits[_at] == '9' && indicators.Contains('9', StringComparison.Ordinal))
        {
            _at++;
            return true;
        }

        if (!Counted(indicators, 6, name))
        {
            return false;
        }

        _problem = ContentChecks.CompanyPrefix(_digits[at.._at], 0)?.At(at);
        return _problem is null;
    }

    private bool Counted(string indicators, int shortest, string name)
    {
        if (!Choice(indicators, "the length of " + name))
        {
            return false;
        }

        return Fixed(_digits[_at - 1] - '0' + shortest, name);
    }

    private bool Choice(string choices, string name)
    {
        if (_at < _digits.Length && choices.Contains(_digits[_at], StringComparison.Ordinal))
        {
            _at++;
            return true;
        }

        return Fail(_at < _digits.Length ? $"No such value of {name}." : $"The coupon breaks off before {name}.");
    }

    private bool Fixed(int length, string name)
    {
        if (_digits.Length - _at >= length)
        {
            _at += length;
            return true;
        }

        return Fail($"The coupon breaks off in {name}.");
    }

    private bool Fail(string message)
    {
        _problem = new(Gs1ProblemCode.InvalidCoupon, message, _at);
        return false;
    }

    private readonly Gs1Problem? End() =>
        _problem ?? (_at == _digits.Length ? null : new(Gs1ProblemCode.InvalidCoupon, "Digits are left over at the end of the coupon.", _at));
}
