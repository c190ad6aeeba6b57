using System.Globalization;

namespace Jingwei.Identifiers.Gs1.Content;

/// <summary>Days and times of day in digits (General Specifications, 3.4 and 7.12).</summary>
internal static class DatesAndTimes
{
    internal static Gs1Problem? Date(ReadOnlySpan<char> digits, bool isMonthEnough)
    {
        // Which century is decided by the year in which it is read (7.12); all that may be meant now have the same leap years as the 21st.
        var year = 2000 + Number(digits[..2]);
        return Day(year, digits[2..], 2, isMonthEnough);
    }

    internal static Gs1Problem? FullDate(ReadOnlySpan<char> digits) =>
        Number(digits[..4]) == 0 ? new(Gs1ProblemCode.InvalidDate, "There is no year 0.", 0) : Day(Number(digits[..4]), digits[4..], 4, isMonthEnough: false);

    internal static Gs1Problem? Below(int end, ReadOnlySpan<char> digits, int position) =>
        Number(digits) < end ? null : new(Gs1ProblemCode.InvalidTime, $"From 00 to {end - 1}.", position);

    private static Gs1Problem? Day(int year, ReadOnlySpan<char> monthAndDay, int position, bool isMonthEnough)
    {
        var (month, day) = (Number(monthAndDay[..2]), Number(monthAndDay[2..]));
        if (month is < 1 or > 12)
        {
            return new(Gs1ProblemCode.InvalidDate, "A month is from 01 to 12.", position);
        }

        return day <= DateTime.DaysInMonth(year, month) && (day > 0 || isMonthEnough)
            ? null
            : new(Gs1ProblemCode.InvalidDate, "The month has no such day.", position + 2);
    }

    private static int Number(ReadOnlySpan<char> digits) => int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
}
