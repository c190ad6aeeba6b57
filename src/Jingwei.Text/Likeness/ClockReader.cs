using System.Globalization;
using System.Text.RegularExpressions;

namespace Jingwei.Text.Likeness;

/// <summary>Reads the first time of day that a report names: 14时28分, 下午3点半, 22：58.</summary>
internal static partial class ClockReader
{
    private const int Noon = 12;
    private const int MinutesOfHour = 60;
    private const int HalfAnHour = 30;

    /// <summary>Minute of the day; -1 where none is named.</summary>
    internal static short Read(string plain)
    {
        // Chinese numerals of datelines (十四时二十八分) are rare enough to go without.
        foreach (Match found in Pattern().Matches(plain))
        {
            var hour = Number(found.Groups[2]);
            var minute = found.Groups[3].Success ? Number(found.Groups[3]) : found.Groups[4].Success ? HalfAnHour : found.Groups[5].Success ? Number(found.Groups[5]) : 0;
            if (hour > 23 || minute >= MinutesOfHour)
            {
                continue;
            }

            hour += hour < Noon && found.Groups[1].Value is "下午" or "晚上" or "晚" or "傍晚" or "夜" or "深夜" or "晚间" ? Noon : 0;
            return (short)((hour % 24 * MinutesOfHour) + minute);
        }

        return -1;
    }

    private static int Number(Group digits) => int.Parse(digits.ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex("(上午|下午|晚上|晚间|深夜|傍晚|凌晨|中午|晚|夜|早)?(?<![0-9.])([0-9]{1,2})(?:[时点](?:([0-5]?[0-9])分|(半))?|[:：]([0-5][0-9]))")]
    private static partial Regex Pattern();
}
